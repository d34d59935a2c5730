"""What each role finds on the first page: what is due and stuck, and nothing of another place."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from desk.today import lines_for
from tests.cast import ROLES, Cast
from tests.factories.council import make_measure, make_opinion, make_posting, make_resolution, make_topic_at
from tests.factories.members import make_member
from tests.factories.organisation import make_branch
from tests.factories.service_station import make_report
from tests.factories.visits import make_duty

SignIn = Callable[[User], Client]


def kinds(user: User) -> set[str]:
    """Which rooms' addresses the lines lead to."""
    return {line.url.split("/")[1] for line in lines_for(user, timezone.localdate())}


def late_visit(cast: Cast, branch_name: str = "branch1") -> None:
    ago = timezone.localdate() - timedelta(days=30)
    member = make_member(getattr(cast, branch_name))
    make_duty(member, by=cast.secretary, happened_on=ago, known_on=ago)


def test_late_visit_is_told_to_those_who_may_see_it(cast: Cast) -> None:
    late_visit(cast)
    told = {role for role in ROLES if "visits" in kinds(getattr(cast, role))}
    assert told == {"secretary", "deputy", "member", "branch1_secretary"}


def test_new_report_and_complaint_go_different_ways(cast: Cast) -> None:
    make_report(cast.committee, branch=cast.branch1)
    told = {role for role in ROLES if "station" in kinds(getattr(cast, role))}
    assert told == {"secretary", "deputy", "station", "branch1_secretary"}
    make_report(cast.committee, is_complaint=True)
    assert [line.url.split("/")[2] for line in lines_for(cast.discipline, timezone.localdate())] == ["complaints"]


def test_opinion_waits_for_its_reviewers(cast: Cast) -> None:
    make_opinion(cast, make_posting(cast))
    told = {role for role in ROLES if "council" in kinds(getattr(cast, role))}
    assert {"secretary", "station"} <= told
    assert not told & {"branch1_secretary", "sysadmin", "auditor", "nobody"}


def test_proposed_resolution_waits_for_somebody_else_than_its_author(cast: Cast) -> None:
    resolution = make_resolution(cast, state="proposed")
    words = {
        role: [line.word for line in lines_for(getattr(cast, role), timezone.localdate())]
        for role in ("secretary", "deputy", "member")
    }
    author = next(role for role in words if getattr(cast, role) == resolution.author)
    assert "待核准" not in words[author]
    assert all("待核准" in lines for role, lines in words.items() if role != author)


def test_measure_past_its_day_is_late(cast: Cast) -> None:
    topic = make_topic_at(cast, 5)
    make_measure(cast, topic, due=timezone.localdate() - timedelta(days=2))
    assert ("late", "逾期 2 天") in [
        (line.state, line.word) for line in lines_for(cast.secretary, timezone.localdate())
    ]


def test_posting_past_its_days_waits_for_the_next_step(cast: Cast) -> None:
    day = timezone.localdate()
    posting = make_posting(cast, opens_on=day - timedelta(days=9), closes_on=day - timedelta(days=1))
    url = f"/council/topics/{posting.topic_id}/"
    told = {role for role in ROLES if ("待确认", url) in words_of(getattr(cast, role))}
    assert told == {"secretary", "deputy", "member"}


def words_of(user: User, days: int = 0) -> list[tuple[str, str]]:
    day = timezone.localdate() + timedelta(days=days)
    return [(line.word, line.url) for line in lines_for(user, day)]


def test_approved_resolution_is_late_when_nobody_posts_it(cast: Cast) -> None:
    url = f"/council/topics/{make_resolution(cast, state='approved').topic_id}/"
    assert ("待公布", url) in words_of(cast.deputy)
    assert ("逾期未公布", url) in words_of(cast.deputy, days=30)


def test_late_things_come_first(cast: Cast) -> None:
    make_report(cast.committee, branch=cast.branch1)
    late_visit(cast)
    states = [line.state for line in lines_for(cast.secretary, timezone.localdate())]
    assert states == sorted(states, key=["late", "due", "info"].index)
    assert states[0] == "late"


def test_other_committee_sees_nothing_of_it(cast: Cast) -> None:
    late_visit(cast)
    make_report(cast.committee)
    make_opinion(cast, make_posting(cast))
    assert lines_for(cast.other_secretary, timezone.localdate()) == []


def test_page_has_a_card_for_each_room_and_a_line_for_each_branch(cast: Cast, signed_in: SignIn) -> None:
    late_visit(cast)
    page = signed_in(cast.secretary).get("/desk/")
    assert [(card.number, card.url) for card in page.context["cards"]] == [
        (1, "/members/statistics/"),
        (1, "/visits/"),
        (0, "/council/"),
        (0, "/station/"),
    ]
    assert [(line.branch, line.members, line.visits, line.overdue) for line in page.context["branches"]] == [
        (cast.branch1, 1, 1, 1),
        (cast.branch2, 0, 0, 0),
    ]


def test_branch_secretary_gets_no_lines_of_branches(cast: Cast, signed_in: SignIn) -> None:
    assert signed_in(cast.branch1_secretary).get("/desk/").context["branches"] == []


def test_page_says_that_the_sweep_never_ran(cast: Cast, signed_in: SignIn) -> None:
    assert "提醒任务从未运行" in signed_in(cast.auditor).get("/desk/").content.decode()


def test_page_asks_as_often_for_many_as_for_few(cast: Cast, signed_in: SignIn, django_assert_max_num_queries) -> None:
    client = signed_in(cast.secretary)
    late_visit(cast)
    make_report(cast.committee)
    make_opinion(cast, make_posting(cast))
    client.get("/desk/")
    with django_assert_max_num_queries(25) as few:
        client.get("/desk/")
    for _number in range(2):
        late_visit(cast, "branch2")
        make_branch(cast.committee)
        make_report(cast.committee)
        make_opinion(cast, make_posting(cast))
    with django_assert_max_num_queries(25) as many:
        client.get("/desk/")
    assert len(few) == len(many)
