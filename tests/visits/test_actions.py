"""Opening, visiting, discharging, closing, and a death."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from journal.models import Audit, Event
from members.actions import end_relation
from members.models import Member, Relation, Way
from service_station.models import Report
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import KNOWN, make_duty, make_occasion, make_visit
from visits.actions import close_occasion, open_occasion, record_death, set_discharged
from visits.actions.rows import ensure_rules
from visits.models import Anchor, Duty, Kind, Occasion, Unit, Visit, VisitRule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
TODAY = date(2026, 11, 24)


def duties(occasion: Occasion) -> list[tuple[int, date, str]]:
    return list(occasion.duties.order_by("number").values_list("number", "due_on", "state"))


def test_rules_made_once_and_kept(cast: Cast) -> None:
    ensure_rules(committee=cast.committee)
    VisitRule.objects.filter(committee=cast.committee, kind=Kind.TALK, number=2).update(offset=10)
    ensure_rules(committee=cast.committee)
    rows = VisitRule.objects.filter(committee=cast.committee).values_list("kind", "number", "anchor", "offset", "unit")
    assert sorted(rows) == [
        ("death", 1, "known", 1, "calendar"),
        ("death", 2, "died", 7, "calendar"),
        ("death", 3, "spring_festival", 30, "calendar"),
        ("hardship", 1, "known", 5, "working"),
        ("hardship", 2, "quarter_end", 45, "calendar"),
        ("hospital", 1, "known", 2, "working"),
        ("hospital", 2, "discharged", 7, "calendar"),
        ("talk", 1, "known", 2, "working"),
        ("talk", 2, "first_visit", 10, "calendar"),
    ]


def test_occasion_opens_its_first_duty_explained(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    duty = occasion.duties.get()
    assert (duty.number, duty.due_on, duty.branch) == (1, date(2026, 11, 23), cast.branch1)
    assert duty.explanation == "11月19日（周四）得知，+2 个工作日 = 11月23日（周一）"


def test_occasion_with_the_same_token_opened_once(cast: Cast, member: Member) -> None:
    token = uuid.uuid4()
    first = make_occasion(member, by=cast.branch1_secretary, form_token=token)
    second = make_occasion(member, by=cast.branch1_secretary, form_token=token)
    assert (first.pk, Occasion.objects.count(), Duty.objects.count()) == (second.pk, 1, 1)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"known_on": TODAY + timedelta(days=1), "happened_on": TODAY}, "known_on"),
        ({"happened_on": TODAY + timedelta(days=1), "known_on": TODAY + timedelta(days=1)}, "happened_on"),
        ({"happened_on": KNOWN + timedelta(days=1), "known_on": KNOWN}, "known_on"),
        ({"kind": Kind.DEATH}, "kind"),
        ({"kind": Kind.TALK, "is_discontent": True, "told_by": "neighbour"}, "told_by"),
        ({"kind": Kind.HOSPITAL, "is_discontent": True, "told_by": "person"}, "told_by"),
    ],
)
def test_occasion_refused(cast: Cast, member: Member, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError) as error:
        make_occasion(member, by=cast.branch1_secretary, **fields)
    assert wrong in error.value.error_dict
    assert Occasion.objects.count() == 0


def test_second_open_occasion_of_a_kind_refused(cast: Cast, member: Member) -> None:
    make_occasion(member, by=cast.branch1_secretary)
    with pytest.raises(ValidationError, match="李秀兰"):
        make_occasion(member, by=cast.branch1_secretary)


def family(cast: Cast, **fields: Any) -> Occasion:
    defaults: dict[str, Any] = {
        "kind": Kind.HARDSHIP,
        "branch": cast.branch1,
        "person_name": "周大妈",
        "happened_on": KNOWN,
        "known_on": KNOWN,
        "told_by": "neighbour",
        "consent_on": KNOWN,
    }
    return open_occasion(by=cast.branch1_secretary, **defaults | fields)


def test_family_in_hardship_opened_with_consent(cast: Cast) -> None:
    occasion = family(cast)
    assert (occasion.name, occasion.note(), occasion.duties.get().due_on) == ("周大妈", "家属", date(2026, 11, 26))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"consent_on": None}, "consent"),
        ({"kind": Kind.TALK}, "member"),
        ({"person_name": ""}, "member"),
        ({"branch": None}, "branch"),
    ],
)
def test_family_refused(cast: Cast, fields: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError) as error:
        family(cast, **fields)
    assert list(error.value.error_dict) == [wrong]


def test_seeing_the_person_fulfils_and_opens_what_follows(cast: Cast, member: Member) -> None:
    duty = make_duty(member, by=cast.branch1_secretary, kind=Kind.TALK)
    make_visit(duty, by=cast.branch1_secretary)
    assert duties(duty.occasion) == [(1, date(2026, 11, 23), "done"), (2, date(2026, 12, 7), "open")]


@pytest.mark.parametrize(("how", "obstacle"), [("phone", ""), ("not_possible", "hospital")])
def test_contact_without_seeing_fulfils_nothing(cast: Cast, member: Member, how: str, obstacle: str) -> None:
    duty = make_duty(member, by=cast.branch1_secretary)
    visit = make_visit(duty, by=cast.branch1_secretary, how=how, obstacle=obstacle)
    assert duties(duty.occasion) == [(1, date(2026, 11, 23), "open")]
    assert (visit.how, visit.obstacle) == (how, obstacle)


def test_last_visit_closes_the_occasion(cast: Cast, member: Member) -> None:
    known_on = date(2026, 10, 12)
    duty = make_duty(member, by=cast.branch1_secretary, kind=Kind.TALK, known_on=known_on)
    make_visit(duty, by=cast.branch1_secretary)
    second = duty.occasion.duties.get(number=2)
    make_visit(second, by=cast.branch1_secretary)
    occasion = Occasion.objects.get()
    assert (occasion.closed_on, occasion.closing) == (second.due_on, "finished")


def test_hardship_goes_on_every_quarter(cast: Cast, member: Member) -> None:
    known_on = date(2026, 1, 12)
    duty = make_duty(member, by=cast.branch1_secretary, kind=Kind.HARDSHIP, known_on=known_on)
    for visited_on in (date(2026, 1, 15), date(2026, 3, 2), date(2026, 8, 3)):
        make_visit(duty.occasion.duties.open().get(), by=cast.branch1_secretary, visited_on=visited_on)
    assert duties(duty.occasion) == [
        (1, date(2026, 1, 19), "done"),
        (2, date(2026, 3, 31), "done"),
        (3, date(2026, 6, 30), "done"),
        (4, date(2026, 9, 30), "open"),
    ]
    assert Occasion.objects.get().is_open


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "visited_on"),
        ({"visited_on": KNOWN - timedelta(days=1)}, "visited_on"),
        ({"how": "not_possible"}, "obstacle"),
        ({"need": "送菜", "need_by_day": TODAY - timedelta(days=1)}, "need_by_day"),
        ({"need": "菜" * 2001}, "need"),
    ],
)
def test_visit_refused(cast: Cast, member: Member, fields: dict[str, Any], wrong: str) -> None:
    duty = make_duty(member, by=cast.branch1_secretary)
    with pytest.raises(ValidationError) as error:
        make_visit(duty, by=cast.branch1_secretary, **fields)
    assert list(error.value.error_dict) == [wrong]
    assert (Visit.objects.count(), Report.objects.count(), duty.occasion.duties.get().state) == (0, 0, "open")


def test_follow_up_before_its_anchor_refused(cast: Cast, member: Member) -> None:
    duty = make_duty(member, by=cast.branch1_secretary, kind=Kind.TALK)
    make_visit(duty, by=cast.branch1_secretary)
    second = duty.occasion.duties.get(number=2)
    with pytest.raises(ValidationError, match="11月24日"):
        make_visit(second, by=cast.branch1_secretary, visited_on=date(2026, 11, 23))
    assert make_visit(second, by=cast.branch1_secretary, visited_on=date(2026, 11, 23), how="phone").pk


def test_visit_tapped_twice_counts_once(cast: Cast, member: Member) -> None:
    duty = make_duty(member, by=cast.branch1_secretary)
    token = uuid.uuid4()
    first = make_visit(duty, by=cast.branch1_secretary, form_token=token, need="送菜")
    second = make_visit(duty, by=cast.branch1_secretary, form_token=token, need="送菜")
    assert (first.pk, Visit.objects.count(), Report.objects.count()) == (second.pk, 1, 1)


def test_visit_of_a_done_duty_refused(cast: Cast, member: Member) -> None:
    duty = make_duty(member, by=cast.branch1_secretary)
    make_visit(duty, by=cast.branch1_secretary)
    with pytest.raises(ValidationError, match="已登记"):
        make_visit(duty, by=cast.branch1_secretary)


def test_need_becomes_a_report_without_kind_or_note(cast: Cast, member: Member) -> None:
    duty = make_duty(member, by=cast.branch1_secretary)
    visit = make_visit(
        duty,
        by=cast.branch1_secretary,
        situation="周五手术",
        need="每两天送一次菜",
        need_by_whom="服务站 小周",
        need_by_day=date(2026, 11, 26),
    )
    report = Report.objects.get()
    assert (visit.report, report.text) == (report, "每两天送一次菜（服务站 小周）")
    assert (report.channel, report.branch, report.by_day) == ("visit", cast.branch1, date(2026, 11, 26))
    assert report.where == member.address


def test_discharge_opens_and_moves_the_second_visit(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    set_discharged(occasion=occasion, discharged_on=date(2026, 11, 20), by=cast.branch1_secretary)
    duty = set_discharged(occasion=occasion, discharged_on=date(2026, 11, 22), by=cast.branch1_secretary)
    assert (duty.number, duty.due_on, duty.former_due_on) == (2, date(2026, 11, 29), date(2026, 11, 27))
    assert duty.explanation == "11月22日（周日）出院，+7 天 = 11月29日（周日）"


@pytest.mark.parametrize("day", [KNOWN - timedelta(days=1), TODAY + timedelta(days=1)])
def test_discharge_on_a_wrong_day_refused(cast: Cast, member: Member, day: date) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    with pytest.raises(ValidationError) as error:
        set_discharged(occasion=occasion, discharged_on=day, by=cast.branch1_secretary)
    assert list(error.value.error_dict) == ["discharged_on"]


def test_discharge_of_another_kind_refused(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary, kind=Kind.TALK)
    with pytest.raises(ValidationError, match="住院"):
        set_discharged(occasion=occasion, discharged_on=TODAY, by=cast.branch1_secretary)


def test_discharge_after_the_second_visit_refused(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    second = set_discharged(occasion=occasion, discharged_on=KNOWN, by=cast.branch1_secretary)
    make_visit(second, by=cast.branch1_secretary, visited_on=TODAY)
    with pytest.raises(ValidationError, match="出院后"):
        set_discharged(occasion=occasion, discharged_on=TODAY, by=cast.branch1_secretary)


def test_closing_cancels_the_rest_with_its_reason(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    close_occasion(occasion=occasion, closing="declined", by=cast.branch1_secretary)
    duty = occasion.duties.get()
    assert (duty.state, duty.cancelled_because) == ("cancelled", "declined")
    with pytest.raises(ValidationError, match="已结束"):
        close_occasion(occasion=occasion, closing="declined", by=cast.branch1_secretary)


def test_closing_as_dead_refused(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    with pytest.raises(ValidationError) as error:
        close_occasion(occasion=occasion, closing="died", by=cast.branch1_secretary)
    assert list(error.value.error_dict) == ["closing"]


def death(cast: Cast, member: Member, **fields: Any) -> Occasion:
    defaults: dict[str, Any] = {"died_on": date(2026, 11, 20), "known_on": date(2026, 11, 20), "told_by": "family"}
    return record_death(member=member, by=cast.branch1_secretary, **defaults | fields)


def test_death_ends_the_relation_and_opens_the_family_visits(cast: Cast, member: Member) -> None:
    hospital = make_occasion(member, by=cast.branch1_secretary)
    occasion = death(cast, member)
    member.refresh_from_db()
    hospital.refresh_from_db()
    assert (member.died_on, member.relations.open().count()) == (date(2026, 11, 20), 0)
    assert (hospital.closing, duties(hospital)) == ("died", [(1, date(2026, 11, 23), "cancelled")])
    assert duties(occasion) == [
        (1, date(2026, 11, 21), "open"),
        (2, date(2026, 11, 27), "open"),
        (3, date(2027, 2, 4), "open"),
    ]
    assert [duty.explanation for duty in occasion.duties.all()] == [
        "11月20日（周五）得知，+1 天 = 11月21日（周六）",
        "11月20日（周五）逝世，+7 天 = 11月27日（周五）",
        "2027年2月6日（周六）第一个春节，2027年1月23日（周六）起至除夕前最后一个工作日 = 2027年2月4日（周四）",
    ]


def test_death_of_an_in_service_member(cast: Cast) -> None:
    person = make_member(cast.branch1, kind=Relation.Kind.IN_SERVICE, name="赵明")
    occasion = death(cast, person)
    person.refresh_from_db()
    assert (person.died_on, occasion.duties.count()) == (date(2026, 11, 20), 3)


def test_death_recorded_twice(cast: Cast, member: Member) -> None:
    token = uuid.uuid4()
    first = death(cast, member, form_token=token)
    assert death(cast, member, form_token=token).pk == first.pk
    with pytest.raises(ValidationError):
        death(cast, member)
    close_occasion(occasion=first, closing="declined", by=cast.branch1_secretary)
    with pytest.raises(ValidationError, match="李秀兰"):
        death(cast, member)


def test_occasion_for_the_dead_refused(cast: Cast, member: Member) -> None:
    death(cast, member)
    member.refresh_from_db()
    with pytest.raises(ValidationError, match="逝世"):
        make_occasion(member, by=cast.branch1_secretary)


def test_leaving_cancels_what_is_owed(cast: Cast, member: Member) -> None:
    occasion = make_occasion(member, by=cast.branch1_secretary)
    end_relation(member=member, way=Way.TRANSFER_OUT, day=TODAY, by=cast.secretary)
    occasion.refresh_from_db()
    assert (occasion.closing, occasion.closed_on) == ("left", TODAY)
    assert occasion.duties.get().cancelled_because == "left"


def test_nothing_encrypted_in_audit_or_timeline(cast: Cast, member: Member) -> None:
    duty = make_duty(
        member, by=cast.branch1_secretary, kind=Kind.TALK, told_by="person", is_discontent=True, reason="低保"
    )
    make_visit(duty, by=cast.branch1_secretary, situation="流泪", need="送米", need_by_whom="小周")
    traces = [str(row.changes) + row.object_label + row.action for row in Audit.objects.all()]
    traces += [str(event) + str(event.params) for event in Event.objects.all()]
    assert [
        word for word in ("低保", "流泪", "送米", "discontent", "yes") if any(word in trace for trace in traces)
    ] == []


def test_rule_changed_counts_for_the_next_occasion(cast: Cast, member: Member) -> None:
    ensure_rules(committee=cast.committee)
    VisitRule.objects.filter(committee=cast.committee, kind=Kind.HOSPITAL, number=1).update(offset=3)
    duty = make_duty(member, by=cast.branch1_secretary)
    assert (duty.due_on, duty.anchor, duty.unit) == (date(2026, 11, 24), Anchor.KNOWN, Unit.WORKING)


def test_occasion_for_one_who_has_left_refused(cast: Cast, member: Member) -> None:
    end_relation(member=member, way=Way.TRANSFER_OUT, day=TODAY, by=cast.secretary)
    with pytest.raises(ValidationError, match="已不在册"):
        make_occasion(member, by=cast.branch1_secretary)


def test_visits_are_named_by_what_they_follow(cast: Cast, member: Member) -> None:
    by = cast.branch1_secretary
    stay = make_occasion(member, by=by, known_on=date(2026, 11, 9))
    set_discharged(occasion=stay, discharged_on=date(2026, 11, 10), by=by)
    for kind in (Kind.TALK, Kind.HARDSHIP):
        make_visit(make_duty(member, by=by, kind=kind), by=by, visited_on=TODAY)
    death(cast, make_member(cast.branch1, name="陈志远"))
    assert [str(duty) for duty in Duty.objects.order_by("occasion_id", "number")] == [
        "李秀兰 · 生病住院 · 首次走访",
        "李秀兰 · 生病住院 · 出院后回访",
        "李秀兰 · 谈心走访 · 首次走访",
        "李秀兰 · 谈心走访 · 再次走访",
        "李秀兰 · 困难家庭 · 首次走访",
        "李秀兰 · 困难家庭 · 季度走访",
        "陈志远 · 逝世党员 · 首次看望家属",
        "陈志远 · 逝世党员 · 七天后看望家属",
        "陈志远 · 逝世党员 · 春节前看望家属",
    ]


def test_rule_named_by_kind_and_number(cast: Cast) -> None:
    ensure_rules(committee=cast.committee)
    assert str(VisitRule.objects.get(kind=Kind.HOSPITAL, number=2)) == "生病住院 2"
