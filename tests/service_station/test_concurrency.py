"""Several people at once: numbers stay whole, and a double click is one report."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from branches.models import Committee
from service_station.models import Report
from tests.factories.organisation import make_committee
from tests.factories.service_station import make_report

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def at_once(work: Callable[[], Any]) -> list[Any]:
    def run(_index: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


@pytest.fixture
def committee() -> Committee:
    return make_committee()


def test_numbers_given_at_once_have_no_gap_and_no_double(committee: Committee) -> None:
    at_once(lambda: make_report(committee))
    serials = Report.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, AT_ONCE + 1))


def test_one_form_sent_at_once_is_one_report(committee: Committee) -> None:
    token = uuid.uuid4()
    found = at_once(lambda: make_report(committee, token=token))
    assert len({report.pk for report in found}) == Report.objects.count() == 1
    assert make_report(committee).serial == 2
