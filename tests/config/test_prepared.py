"""A prepared query answers as the queryset it was built from, for every set of values, and is built once."""

from datetime import date

from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from branches.models import Committee
from config.prepared import LARGEST, Prepared, Slot
from tests.factories.organisation import make_committee

SLUG, DAY, PK = Slot("slug", models.SlugField()), Slot("day", models.DateField()), Slot("pk", models.BigIntegerField())


def test_answers_change_with_the_values(db: None) -> None:
    one, two = make_committee(slug="one"), make_committee(slug="two")
    by_slug = Prepared(lambda: Committee.objects.filter(slug=SLUG).values_list("pk", "slug"))
    assert by_slug.ask(slug="one") == [(one.pk, "one")]
    assert by_slug.ask(slug="two", unasked=1) == [(two.pk, "two")]
    assert by_slug.ask(slug="' OR 1=1 --") == []


def test_days_are_compared_as_the_engine_keeps_them(db: None) -> None:
    committee = make_committee(founded_on=date(2009, 6, 12))
    before = Prepared(lambda: Committee.objects.filter(founded_on__lt=DAY).values_list("pk"))
    assert before.ask(day=date(2009, 6, 12)) == []
    assert before.ask(day=date(2009, 6, 13)) == [(committee.pk,)]


def test_it_is_built_once_and_asked_in_one_query(db: None) -> None:
    built = []

    def build() -> models.QuerySet[Committee, tuple[int]]:
        built.append(1)
        return Committee.objects.filter(slug=SLUG).values_list("pk")

    prepared = Prepared(build)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        prepared.ask(slug="one")
        prepared.ask(slug="two")
    assert (len(built), len(queries)) == (1, 2)


def test_number_beyond_the_engines_finds_nothing(db: None) -> None:
    committee = make_committee()
    by_pk = Prepared(lambda: Committee.objects.filter(pk=PK).values_list("pk"))
    assert by_pk.ask(pk=committee.pk) == [(committee.pk,)]
    assert by_pk.ask(pk=LARGEST) == by_pk.ask(pk=LARGEST + 1) == []
