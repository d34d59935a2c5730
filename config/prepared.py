"""A query whose SQL is built once and asked many times: building it costs the ORM some twenty times as long as asking."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

LARGEST = 2**63 - 1  # the largest whole number that both engines can compare with


class Slot(models.Expression):
    """A place in a queryset for a value that is given when the query is asked."""

    def __init__(self, name: str, output_field: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        return "%s", [self]

    def value_from(self, values: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared:
    """A query with slots. `build` makes the queryset (with `values_list`); it is called once in each process."""

    def __init__(self, build: "Callable[[], models.QuerySet[Any, Any]]") -> None:
        self.built = cache(lambda: build().query.sql_with_params())

    def ask(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows as the database gives them. `values` may hold more than the slots ask for."""
        if any(isinstance(value, int) and value > LARGEST for value in values.values()):
            return []
        sql, parameters = self.built()
        with connection.cursor() as cursor:
            cursor.execute(sql, [one.value_from(values) if isinstance(one, Slot) else one for one in parameters])
            return cursor.fetchall()
