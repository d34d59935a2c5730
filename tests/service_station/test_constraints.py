"""What the database itself refuses."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from service_station.models import Report
from tests.cast import Cast
from tests.factories.service_station import bare_report, bare_topic


def refused(cast: Cast, **fields: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bare_report(cast.committee, **fields)


def test_number_twice(cast: Cast) -> None:
    bare_report(cast.committee)
    refused(cast, serial=1)


def test_form_token_twice(cast: Cast) -> None:
    report = bare_report(cast.committee)
    refused(cast, form_token=report.form_token)


def test_complaint_with_a_topic(cast: Cast) -> None:
    refused(cast, is_complaint=True, topic=bare_topic(cast.committee, cast.secretary))


def test_promoted_without_a_topic(cast: Cast) -> None:
    refused(cast, state=Report.State.PROMOTED)


def test_closed_without_a_day(cast: Cast) -> None:
    refused(cast, state=Report.State.SOLVED)


def test_open_with_a_closing_day(cast: Cast) -> None:
    refused(cast, closed_on=date(2026, 3, 1))


def test_unsolved_without_a_reason(cast: Cast) -> None:
    refused(cast, state=Report.State.UNSOLVED, closed_on=date(2026, 3, 1))


def test_outside_without_a_body(cast: Cast) -> None:
    refused(cast, state=Report.State.OUTSIDE)


def test_closed_before_it_was_reported(cast: Cast) -> None:
    refused(cast, state=Report.State.SOLVED, closed_on=date(2026, 1, 1))
