from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from branches.actions import end_role, give_role
from branches.models import Branch, Grant
from config.permissions import Role, Scope
from tests.cast import Cast
from tests.factories.organisation import make_branch, make_grant, make_user

DAY = date(2026, 1, 5)


def test_role_is_given_with_links(cast: Cast) -> None:
    grant = give_role(
        user=cast.nobody,
        role=Role.MEMBER,
        committee=cast.committee,
        since=DAY,
        by=cast.sysadmin,
        linked=[cast.branch1, cast.branch2],
    )
    assert {link.branch for link in grant.links.all()} == {cast.branch1, cast.branch2}
    assert grant.given_by == cast.sysadmin


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"user": "sysadmin", "role": Role.SECRETARY}, "user"),
        ({"user": "secretary", "role": Role.SECRETARY}, "role"),
        ({"user": "auditor", "role": Role.DISCIPLINE}, "role"),
        ({"user": "nobody", "role": Role.BRANCH_SECRETARY}, "branch"),
        ({"user": "nobody", "role": Role.BRANCH_SECRETARY, "branch": "other_branch"}, "branch"),
        ({"user": "nobody", "role": Role.STATION, "until": DAY - timedelta(days=1)}, "until"),
    ],
)
def test_wrong_role_is_refused_with_the_field(change: dict, field: str, cast: Cast) -> None:
    arguments = {"committee": cast.committee, "since": DAY, "by": cast.sysadmin, **change}
    for name in ("user", "branch"):
        if name in arguments:
            arguments[name] = getattr(cast, arguments[name])
    before = Grant.objects.count()
    with pytest.raises(ValidationError) as caught:
        give_role(**arguments)
    assert list(caught.value.message_dict) == [field]
    assert Grant.objects.count() == before


def test_access_ends_with_the_last_day(cast: Cast) -> None:
    today = timezone.localdate()
    end_role(grant=cast.deputy.grants.get(), until=today, by=cast.sysadmin)
    assert User.objects.get(pk=cast.deputy.pk).has_perm("desk.see")
    Grant.objects.filter(user=cast.deputy).update(until=today - timedelta(days=1))
    assert not User.objects.get(pk=cast.deputy.pk).has_perm("desk.see")


@pytest.mark.parametrize("until", [date(2019, 12, 31)])
def test_role_cannot_end_before_it_began(until: date, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        end_role(grant=cast.deputy.grants.get(), until=until, by=cast.sysadmin)


def test_ended_role_cannot_be_prolonged(cast: Cast) -> None:
    grant = end_role(grant=cast.deputy.grants.get(), until=DAY, by=cast.sysadmin)
    with pytest.raises(ValidationError):
        end_role(grant=grant, until=DAY + timedelta(days=9), by=cast.sysadmin)


def test_nobody_ends_his_own_role(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        end_role(grant=cast.sysadmin.grants.get(), until=DAY, by=cast.sysadmin)


def test_scope_of_each_place(cast: Cast) -> None:
    assert cast.secretary.scope("visits.see") == Scope(cast.committee.pk, None)
    assert cast.branch1_secretary.scope("visits.see") == Scope(cast.committee.pk, frozenset({cast.branch1.pk}))
    assert cast.member.scope("visits.see") == Scope(cast.committee.pk, frozenset({cast.branch1.pk}))
    assert cast.member.scope("members.see") == Scope(cast.committee.pk, None)
    assert not cast.station.scope("visits.see")


def test_permission_covers_places(cast: Cast) -> None:
    reach = {
        (user, place): getattr(cast, user).has_perm("members.change", getattr(cast, place))
        for user in ("secretary", "branch1_secretary", "other_secretary")
        for place in ("committee", "branch1", "branch2", "other_branch")
    }
    assert {pair for pair, allowed in reach.items() if allowed} == {
        ("secretary", "committee"),
        ("secretary", "branch1"),
        ("secretary", "branch2"),
        ("branch1_secretary", "branch1"),
        ("other_secretary", "other_branch"),
    }


def test_branches_within_a_permission(cast: Cast) -> None:
    within = Branch.objects.within
    assert set(within(cast.secretary, "members.see")) == {cast.branch1, cast.branch2}
    assert set(within(cast.branch2_secretary, "members.see")) == {cast.branch2}
    assert set(within(cast.auditor, "members.see")) == set()


def test_user_with_two_committees_works_in_one(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    make_grant(cast.secretary, Role.DEPUTY, cast.other_committee)
    client = signed_in(cast.secretary)
    assert client.get("/branches/").context["request"].committee == cast.committee
    client.post("/branches/choose/", {"committee": cast.other_committee.pk})
    page = client.get("/branches/")
    assert page.context["request"].committee == cast.other_committee
    assert list(page.context["branches"]) == [cast.other_branch]


def test_committee_without_a_role_cannot_be_chosen(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.secretary)
    client.post("/branches/choose/", {"committee": cast.other_committee.pk})
    assert client.get("/branches/").context["request"].committee == cast.committee


@pytest.mark.django_db
def test_grant_constraints(cast: Cast) -> None:
    wrong = [
        {"user": cast.nobody, "role": Role.STATION, "branch": cast.branch1},
        {"user": cast.nobody, "role": Role.BRANCH_SECRETARY, "branch": None},
        {"user": cast.nobody, "role": Role.STATION, "branch": None, "until": date(2019, 1, 1)},
        {"user": cast.auditor, "role": Role.ADMIN, "branch": None},
        {"user": cast.secretary, "role": Role.SECRETARY, "branch": None},
        {"user": cast.branch1_secretary, "role": Role.BRANCH_SECRETARY, "branch": cast.branch1},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(committee=cast.committee, since=DAY, **fields)


def test_role_is_given_on_the_page(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.sysadmin)
    answer = {"user": "nobody", "role": "branch_secretary", "branch": cast.branch2.pk, "since": "2026-01-05"}
    assert client.post("/branches/grants/new/", answer)["Location"] == "/branches/grants/"
    assert cast.nobody.grants.get().branch == cast.branch2
    again = client.post("/branches/grants/new/", answer)
    assert "role" in again.context["form"].errors
    unknown = client.post("/branches/grants/new/", answer | {"user": "whoever"})
    assert (list(unknown.context["form"].errors), unknown.context["form"]["user"].value()) == (["user"], "whoever")


def test_role_is_ended_on_the_page(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(cast.sysadmin)
    url = f"/branches/grants/{cast.deputy.grants.get().pk}/end/"
    assert "until" in client.post(url, {"until": "2019-01-01"}).context["form"].errors
    assert client.post(url, {"until": "2026-02-30"}).status_code == 200
    assert client.post(url, {"until": "2026-02-28"})["Location"] == "/branches/grants/"
    assert cast.deputy.grants.get().until == date(2026, 2, 28)


@pytest.mark.parametrize("url", ["/branches/", "/branches/grants/"])
def test_lists_ask_as_often_for_many_as_for_few(
    url: str, cast: Cast, signed_in: Callable[[User], Client], django_assert_max_num_queries
) -> None:
    client = signed_in(cast.secretary if url == "/branches/" else cast.sysadmin)
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for _number in range(3):
        branch = make_branch(cast.committee)
        make_grant(make_user(), Role.BRANCH_SECRETARY, cast.committee, branch, given_by=make_user())
        make_grant(make_user(), Role.MEMBER, cast.committee, linked=(branch,))
    with django_assert_max_num_queries(15) as many:
        client.get(url)
    assert len(few) == len(many)


def test_role_from_before_the_party_is_refused(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    typed = {"user": "nobody", "role": "station", "since": "1900-01-01", "until": "明天"}
    page = signed_in(cast.sysadmin).post("/branches/grants/new/", typed)
    assert list(page.context["form"].errors) == ["since", "until"]


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.DISCIPLINE])
def test_role_that_meets_one_beginning_later_is_refused(role: Role, cast: Cast) -> None:
    held = Role.AUDITOR if role == Role.DISCIPLINE else role
    later = DAY + timedelta(days=30)
    give_role(user=cast.nobody, role=held, committee=cast.committee, since=later, by=cast.sysadmin)
    with pytest.raises(ValidationError) as caught:
        give_role(user=cast.nobody, role=role, committee=cast.committee, since=DAY, by=cast.sysadmin)
    assert list(caught.value.message_dict) == ["role"]
    before = later - timedelta(days=1)
    grant = give_role(user=cast.nobody, role=role, committee=cast.committee, since=DAY, until=before, by=cast.sysadmin)
    assert (grant.since, grant.until) == (DAY, before)
