from tests.access.table import Row, anybody, each

TABLE = [
    Row("desk:home", each(200, 200, 200, 200, 200, 200, 200, 200, 200, 403)),
    anybody("healthz", 503),
]
