"""The statistics: the source's numbers, every number's list, losses named, each place its own."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from branches.models import Branch
from members.actions import move_between_branches, record_transfer_in, record_transfer_out, start_absence
from members.demo import Register, build_register
from members.filters import MemberFilter
from members.models import Member, RegisterEvent, Relation, Way
from members.statistics import Statistics, default_since, statistics
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.organisation import make_branch

SignIn = Callable[[User], Client]
FIGURE = re.compile(r'<a(?: class="figure")? href="(/members/\?[^"]+)"[^>]*>\s*(?:<text[^>]*>)?(\d+)<')
ON = date(2026, 3, 30)
DATES = [
    (date(2022, 12, 19), date(2020, 1, 1)),
    (date(2022, 12, 20), date(2022, 12, 19)),
    (date(2023, 12, 31), date(2022, 12, 31)),
    (date(2024, 2, 29), date(2023, 2, 28)),
    (date(2024, 5, 20), date(2024, 5, 19)),
    (date(2024, 12, 31), date(2023, 12, 31)),
    (date(2025, 2, 28), date(2024, 2, 29)),
    (date(2025, 12, 31), date(2023, 12, 31)),
    (date(2026, 1, 1), date(2026, 1, 1)),
    (date(2026, 3, 29), date(2022, 12, 31)),
    (date(2026, 3, 30), date(2023, 12, 31)),
    (date(2026, 10, 7), date(2026, 3, 30)),
]


def build(cast: Cast) -> Register:
    branches: list[Branch] = [cast.branch1, cast.branch2, *(make_branch(cast.committee) for _number in range(3))]
    return build_register(committee=cast.committee, branches=branches, on=date(2026, 10, 7), by=cast.secretary)


def counted(user: User, on: date = ON, since: date = date(2023, 12, 31)) -> Statistics:
    return statistics(user.scope("statistics.see"), on, since)


def rows_of(client: Client, url: str) -> int:
    """How many lines the list has: the full pages before the last, which are as long as the first, and the last."""
    first = client.get(url)
    assert first.status_code == 200
    lines, pages = first.content.decode().count('class="register-row"'), first.context["page"].paginator.num_pages
    if pages == 1:
        return lines
    return lines * (pages - 1) + client.get(f"{url}&page={pages}").content.decode().count('class="register-row"')


def listed(user: User, url: str) -> int:
    """How many the list's own filter finds; that the page shows them all, `rows_of` proves."""
    request = RequestFactory().get(url)
    request.user = user
    asked = MemberFilter(request.GET, queryset=Member.objects.none(), request=request)
    assert asked.is_valid()
    return asked.qs.count()


def numbers_of(client: Client, on: date, since: date) -> list[tuple[str, int]]:
    """Every link of the page that is a number, with the number."""
    page = client.get("/members/statistics/", {"on": on.isoformat(), "since": since.isoformat()})
    return [(unescape(address), int(number)) for address, number in FIGURE.findall(page.content.decode())]


def test_every_number_opens_a_list_of_exactly_that_many(cast: Cast, signed_in: SignIn) -> None:
    """On twelve pairs of days."""
    build(cast)
    client = signed_in(cast.secretary)
    for on, since in DATES:
        found = numbers_of(client, on, since)
        assert len(found) >= 30
        for url, number in set(found):
            assert (url, number) == (url, listed(cast.secretary, url))


def test_lists_behind_the_numbers_show_their_rows(cast: Cast, signed_in: SignIn) -> None:
    build(cast)
    client = signed_in(cast.secretary)
    for url, number in set(numbers_of(client, *DATES[-2])):
        assert (url, number) == (url, rows_of(client, url))


def test_branch_secretarys_numbers_are_those_of_his_branch(cast: Cast, signed_in: SignIn) -> None:
    build(cast)
    client = signed_in(cast.branch1_secretary)
    for on, since in DATES[4::4]:
        for url, number in set(numbers_of(client, on, since)):
            assert (url, number) == (url, listed(cast.branch1_secretary, url))
        found = counted(cast.branch1_secretary, on, since)
        assert (found.movement.difference, found.movement.mismatches) == (0, [])
        assert [number.title for number in found.branches] == ["第一支部"]
    assert counted(cast.branch1_secretary).total.count == 35


@pytest.mark.parametrize("user", ["secretary", "deputy", "member"])
def test_committees_people_see_the_whole(cast: Cast, user: str) -> None:
    build(cast)
    assert counted(getattr(cast, user)).total.count == 163


def test_page_says_the_sources_numbers(cast: Cast, signed_in: SignIn) -> None:
    build(cast)
    page = signed_in(cast.secretary).get("/members/statistics/", {"on": "2026-03-30", "since": "2023-12-31"})
    text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "96 · 58.9%" in text
    assert "期间转入 84 人，占现有 163 人的 52%。" in text
    assert "增减平衡，差额 0" in text
    assert "2023年底 119 2024年底 153 2025年底 163 2026-03-30" in text


def test_movement_without_days_begins_three_year_ends_back(cast: Cast, signed_in: SignIn) -> None:
    build(cast)
    page = signed_in(cast.secretary).get("/members/statistics/", {"on": "2026-03-30"})
    assert page.context["movement"].since == date(2023, 12, 31) == default_since(ON)


def test_another_community_has_its_own_numbers(cast: Cast) -> None:
    build(cast)
    make_member(cast.other_branch, birth_date=date(2000, 1, 1), joined_on=date(2020, 1, 1), full_member_on=None)
    gone = make_member(cast.other_branch, since=date(2023, 1, 1))
    record_transfer_out(member=gone, day=date(2025, 1, 1), by=None)
    came = make_member(cast.other_branch, since=date(2024, 6, 1), way=Way.TRANSFER_IN)
    start_absence(member=came, since=date(2025, 6, 1), destination="上海市", by=None)
    make_member(cast.other_branch, since=date(2025, 6, 1), way=Way.ADMITTED)
    found = counted(cast.other_secretary)
    assert found.total.count == 3
    assert [band.count for band in found.bands] == [1, 0, 0, 0, 2]
    assert [point.count for point in found.growth] == [2, 3, 3, 3]
    assert [(way.cell.way, way.count) for way in found.movement.ins] == [
        ("transfer_in", 1),
        ("admitted", 1),
        ("restored", 0),
    ]
    assert [way.count for way in found.movement.outs] == [1, 0, 0, 0]
    assert (found.movement.opening.count, found.movement.expected.count, found.movement.difference) == (2, 3, 0)
    assert [label.count for label in found.labels] == [3, 1, 1, 0, 0]
    assert found.movement.still_here == 1


def test_move_shows_in_the_branches_and_cancels_in_the_committee(cast: Cast) -> None:
    member = make_member(cast.branch1)
    move_between_branches(member=member, branch=cast.branch2, day=date(2025, 1, 1), by=None)

    def ways(user: User) -> list[tuple[str, int]]:
        movement = counted(user).movement
        assert (movement.difference, movement.mismatches) == (0, [])
        return [(way.cell.way, way.count) for way in [*movement.ins, *movement.outs] if way.count]

    assert ways(cast.secretary) == []
    assert ways(cast.branch1_secretary) == [("moved_out", 1)]
    assert ways(cast.branch2_secretary) == [("moved_in", 1)]


def test_opening_within_the_period_is_shown_as_a_way_in(cast: Cast) -> None:
    make_member(cast.branch1, since=date(2024, 1, 1))
    movement = counted(cast.secretary).movement
    assert [(way.cell.way, way.count) for way in movement.ins if way.count] == [("opening", 1)]
    assert movement.difference == 0


def test_who_came_and_left_again_is_not_in_the_share(cast: Cast) -> None:
    for _number in range(2):
        member = make_member(cast.branch1, since=date(2024, 1, 1), way=Way.TRANSFER_IN)
    record_transfer_out(member=member, day=date(2024, 6, 1), by=None)
    movement = counted(cast.secretary).movement
    assert (movement.transferred_in.count, movement.still_here, movement.counted.count) == (2, 1, 1)


def test_who_came_twice_is_counted_and_listed_twice(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1, since=date(2024, 1, 1), way=Way.TRANSFER_IN)
    record_transfer_out(member=member, day=date(2024, 6, 1), by=None)
    record_transfer_in(member=member, branch=cast.branch1, day=date(2025, 6, 1), by=None)
    number = counted(cast.secretary).movement.transferred_in
    assert (number.count, rows_of(signed_in(cast.secretary), number.url)) == (2, 2)


def losses(cast: Cast) -> tuple[int, list[tuple[str, int]]]:
    movement = counted(cast.secretary).movement
    return movement.difference, [(mismatch.member.name, mismatch.difference) for mismatch in movement.mismatches]


@pytest.mark.parametrize("way", [Way.OPENING, Way.TRANSFER_IN])
def test_planted_loss_is_named(cast: Cast, signed_in: SignIn, way: Way) -> None:
    register = build(cast)
    lost = next(member for member in register.members[30:] if member.register_events.get().way == way)
    Relation.objects.filter(member=lost).delete()
    assert losses(cast) == (-1, [(lost.name, -1)])
    page = signed_in(cast.secretary).get("/members/statistics/", {"on": "2026-03-30", "since": "2023-12-31"})
    text = page.content.decode()
    assert "增减不平衡：差额 -1，涉及 1 人" in text
    assert f'<a href="/members/{lost.pk}/">{lost.name}</a>' in text


def test_lost_event_is_named(cast: Cast) -> None:
    member = make_member(cast.branch1, name="无事件")
    RegisterEvent.objects.filter(member=member).delete()
    assert losses(cast) == (1, [("无事件", 1)])


def test_loss_and_gain_that_cancel_are_both_named(cast: Cast) -> None:
    lost, gained = make_member(cast.branch1, name="甲"), make_member(cast.branch2, name="乙")
    Relation.objects.filter(member=lost).delete()
    RegisterEvent.objects.filter(member=gained).delete()
    assert losses(cast) == (0, [("甲", -1), ("乙", 1)])
    assert not counted(cast.secretary).movement.is_balanced


def test_relation_that_was_put_back_in_time_is_named(cast: Cast, signed_in: SignIn) -> None:
    member = make_member(cast.branch1, name="提前", since=date(2024, 6, 1), way=Way.TRANSFER_IN)
    Relation.objects.filter(member=member).update(since=date(2023, 6, 1))
    assert losses(cast) == (0, [("提前", 0)])
    page = signed_in(cast.secretary).get("/members/statistics/", {"on": "2026-03-30", "since": "2023-12-31"})
    assert "期初之前，组织关系与增减记录就不一致。" in page.content.decode()


def test_before_the_records_the_page_says_so(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.secretary)
    assert "启用前无记录。登记第一批党员后" in client.get("/members/statistics/").content.decode()
    make_member(cast.branch1, since=date(2024, 1, 1))
    early = client.get("/members/statistics/", {"on": "2023-01-01"}).content.decode()
    assert "启用前无记录：名册从 2024年1月1日 启用。" in early
    later = client.get("/members/statistics/", {"on": "2025-01-01"})
    assert "启用前无记录：名册从 2024年1月1日 启用。" in later.content.decode()
    assert [label for label, _count, _url in later.context["points"]] == ["2024年底", "2025-01-01"]


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ({"on": "2026-02-30"}, "没有这一天。请按“年-月-日”填写，例如 2026-03-30。"),
        ({"on": "2026-13-01"}, "没有这一天"),
        ({"on": "yesterday"}, "没有这一天"),
        ({"on": "0001-01-01"}, "日期太早，请填写 1921-07-01 或之后的日期。"),
        ({"on": "2026-03-30", "since": "2026-03-31"}, "起算日晚于截止日，请填写早于 2026-03-30 的日期。"),
        ({"since": "2999-01-01"}, "起算日晚于截止日"),
    ],
)
def test_wrong_days_are_explained(cast: Cast, signed_in: SignIn, query: dict[str, str], part: str) -> None:
    page = signed_in(cast.secretary).get("/members/statistics/", query)
    assert page.status_code == 400
    assert part in page.content.decode()
    assert f'value="{next(iter(query.values()))}"' in page.content.decode()


def test_last_day_there_is_does_not_crash(cast: Cast, signed_in: SignIn) -> None:
    make_member(cast.branch1)
    page = signed_in(cast.secretary).get("/members/statistics/", {"on": "9999-12-31"})
    assert page.context["found"].total.count == 1


def test_queries_do_not_grow_with_the_members(
    cast: Cast, signed_in: SignIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = signed_in(cast.secretary)
    client.get("/members/statistics/")  # the first request of a session writes it
    numbers = []
    for total in (1, 3):
        while Member.objects.count() < total:
            make_member(make_branch(cast.committee), since=date(2024, 1, 1), way=Way.TRANSFER_IN)
        with django_assert_max_num_queries(25) as found:
            client.get("/members/statistics/", {"on": "2026-03-30"})
        numbers.append(len(found))
    assert numbers[0] == numbers[1]
