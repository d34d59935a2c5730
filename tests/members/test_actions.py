"""Coming, moving, going, being away: what is written, and what is refused with nothing written."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from journal.models import Audit, Event
from members import hooks
from members.actions import (
    add_member,
    amend_member,
    end_absence,
    end_relation,
    move_between_branches,
    record_transfer_in,
    record_transfer_out,
    reveal_member,
    start_absence,
)
from members.models import Member, RegisterEvent, Relation, Way
from tests.cast import Cast
from tests.factories.members import SINCE, make_id_number, make_member, make_values

pytestmark = pytest.mark.usefixtures("english")
DAY = date(2024, 5, 6)


def spells(member: Member) -> list[tuple[str, str, date, date | None]]:
    return [(spell.branch.name, spell.kind, spell.since, spell.until) for spell in member.relations.all()]


def events(member: Member) -> list[tuple[str, str, date]]:
    return [(event.way, event.branch.name, event.effective_on) for event in member.register_events.all()]


def refuses(part: str, field: str, call: Callable[[], Any]) -> None:
    """The call is refused beside the field, and nothing at all is written."""
    before = [Member.objects.count(), Relation.objects.count(), RegisterEvent.objects.count(), Audit.objects.count()]
    open_before = Relation.objects.filter(until=None).count()
    with pytest.raises(ValidationError) as found:
        call()
    assert part in found.value.message_dict[field][0]
    after = [Member.objects.count(), Relation.objects.count(), RegisterEvent.objects.count(), Audit.objects.count()]
    assert (after, Relation.objects.filter(until=None).count()) == (before, open_before)


def test_new_person_has_relation_event_timeline_and_derived_columns(cast: Cast) -> None:
    number = make_id_number(date(1955, 5, 5))
    values = make_values(name=" 曾  强 ", id_number=f" {number} ", phone="１００12345678")
    member = add_member(
        branch=cast.branch1, values=values, since=DAY, by=cast.secretary, way=Way.TRANSFER_IN, counterpart="某厂党委"
    )
    member.refresh_from_db()
    assert (member.name, member.initials, member.id_number, member.phone) == ("曾 强", "cq zq", number, "10012345678")
    assert spells(member) == [("第一支部", "formal", DAY, None)]
    assert events(member) == [("transfer_in", "第一支部", DAY)]
    assert [str(event) for event in Event.objects.about(member)] == ["Transferred in from 某厂党委 to 第一支部"]
    stored = Audit.objects.about(member).get()
    assert number not in str(stored.changes)


def test_person_in_service_has_no_event_of_the_register(cast: Cast) -> None:
    member = make_member(cast.branch1, kind=Relation.Kind.IN_SERVICE)
    assert events(member) == []
    assert spells(member) == [("第一支部", "in_service", SINCE, None)]


def test_form_sent_twice_makes_one_person(cast: Cast) -> None:
    token = uuid4()
    first = add_member(branch=cast.branch1, values=make_values(), since=DAY, by=cast.secretary, token=token)
    second = add_member(branch=cast.branch1, values=make_values(), since=DAY, by=cast.secretary, token=token)
    assert first.pk == second.pk
    assert Member.objects.count() == 1


def test_emoji_name_is_kept(cast: Cast) -> None:
    member = make_member(cast.branch1, name="王🌸")
    member.refresh_from_db()
    assert (member.name, member.initials) == ("王🌸", "w y")


def test_person_with_a_known_id_number_is_refused(cast: Cast) -> None:
    number = make_id_number(date(1955, 5, 5))
    make_member(cast.branch1, id_number=number)
    other = make_member(cast.branch2)
    refuses("on the register already", "id_number", lambda: make_member(cast.branch2, id_number=number))
    amend = {"id_number": number}
    refuses("on the register already", "id_number", lambda: amend_member(member=other, values=amend, by=cast.secretary))
    assert make_member(cast.other_branch, id_number=number).committee == cast.other_committee


@pytest.mark.parametrize(
    ("options", "field", "part"),
    [
        ({"since": date(2999, 1, 1)}, "since", "lies in the future"),
        ({"since": date(1979, 1, 1)}, "since", "cannot be before 1980-07-01"),
        ({"since": DAY, "asked_on": DAY + timedelta(days=1)}, "asked_on", "after it took effect"),
    ],
)
def test_arrival_on_an_impossible_day_is_refused(cast: Cast, options: dict[str, Any], field: str, part: str) -> None:
    refuses(part, field, lambda: add_member(branch=cast.branch1, values=make_values(), by=None, **options))


def test_person_of_the_future_is_refused(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    refuses("lies in the future", "birth_date", lambda: make_member(cast.branch1, birth_date=tomorrow))


def test_amending_changes_what_is_derived_and_audits_without_secrets(cast: Cast) -> None:
    member = make_member(cast.branch1, phone="10012345678")
    amend_member(member=member, values={"name": "单雄", "phone": "10087654321"}, by=cast.branch1_secretary)
    member.refresh_from_db()
    assert (member.name, member.initials) == ("单雄", "dx cx sx")
    assert list(Member.objects.matching("4321")) == [member]
    row = Audit.objects.about(member).first()
    assert row is not None
    assert row.changes["name"][1] == "单雄"
    assert row.changes["phone"] == "•••"
    assert row.user_id == cast.branch1_secretary.pk


def test_amending_nothing_leaves_no_trace(cast: Cast) -> None:
    member = make_member(cast.branch1, name="王一")
    count = Audit.objects.count()
    amend_member(member=member, values={"name": "王一"}, by=cast.secretary)
    assert Audit.objects.count() == count


def test_amending_a_column_that_has_an_action_of_its_own_is_a_programming_error(cast: Cast) -> None:
    member = make_member(cast.branch1)
    with pytest.raises(TypeError, match="branch"):
        amend_member(member=member, values={"branch": cast.branch2}, by=cast.secretary)


def test_group_of_another_branch_is_refused(cast: Cast) -> None:
    member = make_member(cast.branch1)
    group = cast.branch2.groups.create(name="二组")
    refuses("another branch", "group", lambda: amend_member(member=member, values={"group": group}, by=cast.secretary))


def test_transfer_out_closes_everything_and_a_second_one_is_refused(cast: Cast) -> None:
    member = make_member(cast.branch1)
    absence = start_absence(member=member, since=date(2024, 1, 1), destination="上海市", by=cast.secretary)
    record_transfer_out(member=member, day=DAY, by=cast.secretary, counterpart="城南党委", asked_on=date(2024, 4, 1))
    absence.refresh_from_db()
    assert spells(member) == [("第一支部", "formal", SINCE, DAY)]
    assert absence.until == DAY
    assert events(member)[-1] == ("transfer_out", "第一支部", DAY)
    assert str(Event.objects.about(member).first()) == "Transferred out of 第一支部 to 城南党委"
    refuses("has left already", "day", lambda: record_transfer_out(member=member, day=DAY, by=cast.secretary))


def test_transfer_out_before_the_relation_began_is_refused(cast: Cast) -> None:
    member = make_member(cast.branch1)
    early = SINCE - timedelta(days=1)
    refuses("cannot be before 2022-01-01", "day", lambda: record_transfer_out(member=member, day=early, by=None))


def test_absence_that_begins_after_the_exit_ends_on_its_own_day(cast: Cast) -> None:
    member = make_member(cast.branch1)
    absence = start_absence(member=member, since=date(2024, 6, 1), destination="上海市", by=None)
    record_transfer_out(member=member, day=DAY, by=None)
    absence.refresh_from_db()
    assert absence.until == date(2024, 6, 1)


def test_returning_person_keeps_his_page_and_may_not_overlap(cast: Cast) -> None:
    member = make_member(cast.branch1)
    record_transfer_out(member=member, day=DAY, by=None)
    before = DAY - timedelta(days=1)
    refuses(
        "Until 2024-05-06",
        "day",
        lambda: record_transfer_in(member=member, branch=cast.branch2, day=before, by=cast.secretary),
    )
    record_transfer_in(member=member, branch=cast.branch2, day=DAY, by=cast.secretary)
    member.refresh_from_db()
    assert member.branch == cast.branch2
    assert spells(member)[-1] == ("第二支部", "formal", DAY, None)
    refuses(
        "formal relation here already",
        "day",
        lambda: record_transfer_in(member=member, branch=cast.branch1, day=DAY, by=cast.secretary),
    )


def test_relation_of_somebody_in_service_comes_here(cast: Cast) -> None:
    member = make_member(cast.branch1, kind=Relation.Kind.IN_SERVICE)
    record_transfer_in(member=member, branch=cast.branch2, day=DAY, by=cast.secretary)
    assert spells(member) == [("第一支部", "in_service", SINCE, DAY), ("第二支部", "formal", DAY, None)]


def test_new_person_by_transfer_leaves_one_audit_row(cast: Cast) -> None:
    member = record_transfer_in(branch=cast.branch1, values=make_values(), day=DAY, by=cast.secretary)
    assert events(member) == [("transfer_in", "第一支部", DAY)]
    assert Audit.objects.about(member).count() == 1


def test_stopped_membership_is_restored_with_the_relation(cast: Cast) -> None:
    member = make_member(cast.branch1)
    member = end_relation(member=member, way=Way.STOPPED, day=DAY, by=None)
    assert member.membership == Member.Membership.STOPPED
    member = record_transfer_in(member=member, branch=cast.branch1, day=DAY, by=None, way=Way.RESTORED)
    member.refresh_from_db()
    assert member.membership == Member.Membership.NORMAL


def test_removed_person_is_no_longer_a_member(cast: Cast) -> None:
    member = end_relation(member=make_member(cast.branch1), way=Way.REMOVED, day=DAY, by=None)
    assert member.membership == Member.Membership.ENDED


def test_ways_in_and_out_are_not_mixed_up(cast: Cast) -> None:
    member = make_member(cast.branch1)
    refuses("no way out", "way", lambda: end_relation(member=member, way=Way.TRANSFER_IN, day=DAY, by=None))
    refuses(
        "no way into",
        "way",
        lambda: record_transfer_in(member=member, branch=cast.branch1, day=DAY, by=None, way=Way.DIED),
    )


def test_death_calls_whoever_must_know_and_nothing_happens_to_the_dead(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(hooks, "ON_EXIT", [lambda **call: told.append(call)])
    member = end_relation(member=make_member(cast.branch1), way=Way.DIED, day=DAY, by=cast.secretary)
    assert told == [{"member": member, "way": Way.DIED, "day": DAY, "by": cast.secretary}]
    assert Member.objects.get(pk=member.pk).died_on == DAY
    move: dict[str, Any] = {"branch": cast.branch2, "day": DAY, "by": None}
    refuses("died on 2024-05-06", "day", lambda: move_between_branches(member=member, **move))
    refuses("died on 2024-05-06", "day", lambda: record_transfer_in(member=member, **move))


def test_death_of_somebody_in_service_is_no_event_of_the_register(cast: Cast) -> None:
    member = make_member(cast.branch1, kind=Relation.Kind.IN_SERVICE)
    end_relation(member=member, way=Way.DIED, day=DAY, by=None)
    assert events(member) == []
    assert spells(member) == [("第一支部", "in_service", SINCE, DAY)]


def test_exit_that_fails_upstairs_is_not_half_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**call: Any) -> None:
        raise ValidationError({"day": "upstairs"})

    monkeypatch.setattr(hooks, "ON_EXIT", [fail])
    member = make_member(cast.branch1)
    refuses("upstairs", "day", lambda: end_relation(member=member, way=Way.DIED, day=DAY, by=None))
    member.refresh_from_db()
    assert member.died_on is None


def test_who_served_here_and_leaves_no_longer_reports(cast: Cast) -> None:
    member = make_member(cast.branch1, kind=Relation.Kind.IN_SERVICE)
    record_transfer_out(member=member, day=DAY, by=None)
    assert events(member) == []
    assert str(Event.objects.about(member).first()) == "No longer reports at 第一支部"


def test_move_is_one_step_with_two_events_that_cancel(cast: Cast) -> None:
    member = make_member(cast.branch1, group=cast.branch1.groups.create(name="一组"))
    move_between_branches(member=member, branch=cast.branch2, day=DAY, by=cast.secretary)
    member.refresh_from_db()
    assert (member.branch, member.group) == (cast.branch2, None)
    assert spells(member) == [("第一支部", "formal", SINCE, DAY), ("第二支部", "formal", DAY, None)]
    assert events(member)[1:] == [("moved_out", "第一支部", DAY), ("moved_in", "第二支部", DAY)]


@pytest.mark.parametrize(
    ("branch", "day", "field", "part"),
    [
        ("branch1", DAY, "branch", "this branch already"),
        ("other_branch", DAY, "branch", "another committee"),
        ("branch2", SINCE, "day", "on this very day"),
        ("branch2", SINCE - timedelta(days=1), "day", "cannot be before"),
        ("branch2", date(2999, 1, 1), "day", "in the future"),
    ],
)
def test_impossible_move_is_refused(cast: Cast, branch: str, day: date, field: str, part: str) -> None:
    member = make_member(cast.branch1)
    refuses(
        part,
        field,
        lambda: move_between_branches(member=member, branch=getattr(cast, branch), day=day, by=cast.secretary),
    )


def test_who_has_left_cannot_move(cast: Cast) -> None:
    member = record_transfer_out(member=make_member(cast.branch1), day=DAY, by=None)
    refuses(
        "has left already",
        "day",
        lambda: move_between_branches(member=member, branch=cast.branch2, day=DAY, by=cast.secretary),
    )


def test_absence_begins_and_ends(cast: Cast) -> None:
    member = make_member(cast.branch1)
    absence = start_absence(member=member, since=DAY, destination=" 上海市 ", by=cast.secretary, permit_number="LD1")
    assert absence.destination == "上海市"
    refuses(
        "Another absence",
        "since",
        lambda: start_absence(member=member, since=DAY, destination="苏州市", by=cast.secretary),
    )
    refuses("cannot be before", "day", lambda: end_absence(absence=absence, day=date(2024, 5, 5), by=cast.secretary))
    end_absence(absence=absence, day=date(2024, 7, 1), by=cast.secretary)
    refuses(
        "ended on 2024-07-01 already",
        "day",
        lambda: end_absence(absence=absence, day=date(2024, 7, 2), by=cast.secretary),
    )
    refuses(
        "Another absence",
        "since",
        lambda: start_absence(member=member, since=date(2024, 6, 1), destination="苏州市", by=cast.secretary),
    )
    texts = [str(event) for event in Event.objects.about(member)]
    assert texts[:2] == ["Came back from 上海市", "Went away to 上海市 (floating out)"]


def test_only_the_self_managed_float_out(cast: Cast) -> None:
    member = make_member(cast.branch1, kind=Relation.Kind.IN_SERVICE)
    refuses("Only a self-managed", "since", lambda: start_absence(member=member, since=DAY, destination="x", by=None))


def test_reading_the_secrets_is_recorded_without_them(cast: Cast) -> None:
    member = make_member(cast.branch1, phone="10012345678")
    found = reveal_member(member=member, by=cast.deputy)
    assert found == {"id_number": "", "phone": "10012345678", "address": member.address}
    row = Audit.objects.about(member).first()
    assert row is not None
    assert (row.action, row.user_id, row.count, row.changes) == (
        "ID number, phone and address read",
        cast.deputy.pk,
        1,
        {},
    )


def test_same_way_twice_on_one_day_is_refused(cast: Cast) -> None:
    member = make_member(cast.branch1)
    record_transfer_out(member=member, day=DAY, by=None)
    record_transfer_in(member=member, branch=cast.branch1, day=DAY, by=None)
    refuses("recorded for this day already", "day", lambda: record_transfer_out(member=member, day=DAY, by=None))


def test_floating_member_moves_without_an_event_of_the_register(cast: Cast) -> None:
    member = make_member(cast.branch1, kind=Relation.Kind.FLOATING_IN, since=date(2024, 1, 1))
    move_between_branches(member=member, branch=cast.branch2, day=date(2025, 1, 1), by=None)
    member.refresh_from_db()
    assert member.branch == cast.branch2
    assert not member.register_events.exists()


def test_who_comes_back_to_another_branch_leaves_the_old_group(cast: Cast) -> None:
    group = cast.branch1.groups.create(name="1幢")
    member = make_member(cast.branch1, since=date(2023, 1, 1))
    record_transfer_out(member=member, day=date(2024, 1, 1), by=None)
    Member.objects.filter(pk=member.pk).update(group=group)
    member.refresh_from_db()
    record_transfer_in(member=member, branch=cast.branch2, day=date(2025, 1, 1), by=None)
    member.refresh_from_db()
    assert (member.branch, member.group) == (cast.branch2, None)
