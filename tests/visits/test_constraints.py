"""What must never be false is refused by the database itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.cast import Cast
from tests.factories.visits import bare_duty, bare_member, bare_occasion
from visits.models import Anchor, Kind, Occasion, Unit, Visit, VisitRule

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"known_on": BEFORE}, "occasion_known_after_it_happened"),
        ({"member": None}, "occasion_member_or_consenting_family"),
        ({"member": None, "person_name": "周大妈", "kind": Kind.HARDSHIP}, "occasion_member_or_consenting_family"),
        ({"member": None, "person_name": "周大妈", "consent_on": TODAY}, "occasion_member_or_consenting_family"),
        ({"kind": Kind.TALK, "discharged_on": TODAY}, "occasion_discharge_from_hospital_only"),
        ({"discharged_on": BEFORE}, "occasion_discharge_from_hospital_only"),
        ({"closed_on": TODAY}, "occasion_closed_with_a_reason"),
        ({"closing": "moved"}, "occasion_closed_with_a_reason"),
    ],
)
def test_occasion_constraint(cast: Cast, fields: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name):
        bare_occasion(cast.branch1, cast.secretary, **fields)


def test_one_open_occasion_a_kind(cast: Cast) -> None:
    member = bare_member(cast.branch1)
    closed = {"closed_on": TODAY, "closing": "moved"}
    bare_occasion(cast.branch1, cast.secretary, member=member, **closed)
    bare_occasion(cast.branch1, cast.secretary, member=member)
    bare_occasion(cast.branch1, cast.secretary, member=member, kind=Kind.TALK)
    with pytest.raises(IntegrityError):
        bare_occasion(cast.branch1, cast.secretary, member=member)


def test_occasion_form_token_once(cast: Cast) -> None:
    first = bare_occasion(cast.branch1, cast.secretary)
    with pytest.raises(IntegrityError):
        bare_occasion(cast.branch1, cast.secretary, form_token=first.form_token)


def test_duty_number_once(cast: Cast) -> None:
    occasion = bare_occasion(cast.branch1, cast.secretary)
    bare_duty(occasion)
    with pytest.raises(IntegrityError):
        bare_duty(occasion)


@pytest.mark.parametrize("fields", [{"state": "cancelled"}, {"cancelled_because": "moved"}])
def test_duty_cancelled_with_a_reason(cast: Cast, fields: dict[str, Any]) -> None:
    occasion = bare_occasion(cast.branch1, cast.secretary)
    with pytest.raises(IntegrityError, match="duty_cancelled_with_a_reason"):
        bare_duty(occasion, **fields)


def bare_visit(cast: Cast, **fields: Any) -> Visit:
    occasion: Occasion = bare_occasion(cast.branch1, cast.secretary)
    defaults: dict[str, Any] = {
        "occasion": occasion,
        "duty": bare_duty(occasion),
        "visitor": cast.secretary,
        "typed_by": cast.secretary,
        "visited_on": TODAY,
        "how": Visit.How.HOME,
    }
    return Visit.objects.create(**defaults | fields)


@pytest.mark.parametrize("fields", [{"how": "not_possible"}, {"obstacle": "away"}])
def test_visit_not_possible_with_a_reason(cast: Cast, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="visit_not_possible_with_a_reason"):
        bare_visit(cast, **fields)


def test_visit_form_token_once(cast: Cast) -> None:
    first = bare_visit(cast)
    with pytest.raises(IntegrityError):
        bare_visit(cast, form_token=first.form_token)


def rule(cast: Cast, **fields: Any) -> VisitRule:
    defaults: dict[str, Any] = {"number": 1, "anchor": Anchor.KNOWN, "offset": 2, "unit": Unit.WORKING}
    return VisitRule.objects.create(committee=cast.committee, kind=Kind.TALK, **defaults | fields)


def test_rule_once_a_committee_kind_and_number(cast: Cast) -> None:
    rule(cast)
    with pytest.raises(IntegrityError):
        rule(cast)


def test_rule_offset_positive(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="visit_rule_offset_positive"):
        rule(cast, offset=0)
