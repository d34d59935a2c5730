from tests.access.table import anybody
from tests.cast import Cast


def slug(cast: Cast) -> dict[str, str]:
    return {"slug": cast.committee.slug}


TABLE = [
    anybody("desk:root", 200),
    anybody("desk:public_home", 200, slug),
    anybody("desk:about", 200, slug),
]
