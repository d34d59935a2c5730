"""A resolution: approved by a second person, numbered and frozen when it is posted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from config.permissions import Role
from council import actions
from council.actions.snapshots import publish_progress
from council.models import Resolution, Snapshot
from council.workflow import resolution_moves_for
from journal.models import Notice
from tests.cast import Cast
from tests.factories import council as make
from tests.factories.organisation import make_grant, make_user

EDITORS = ["secretary", "deputy", "member"]
OTHERS = ["branch1_secretary", "station", "discipline", "sysadmin", "auditor", "nobody", "other_secretary"]


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("drafted", ["propose", "withdraw"]),
        ("proposed", ["return", "approve", "withdraw"]),
        ("approved", ["return", "post", "withdraw"]),
        ("posted", ["revise", "withdraw"]),
    ],
)
def test_moves_of_each_state_by_role(state: str, moves: list[str], cast: Cast) -> None:
    resolution = make.make_resolution(cast, state=state)
    for role in EDITORS:
        assert [offer.move.name for offer in resolution_moves_for(resolution, getattr(cast, role))] == moves
    for role in OTHERS:
        assert resolution_moves_for(resolution, getattr(cast, role)) == []


def test_withdrawn_resolution_moves_no_more(cast: Cast) -> None:
    resolution = actions.move_resolution(
        resolution=make.make_resolution(cast), move="withdraw", by=cast.deputy, reason="重拟"
    )
    assert resolution_moves_for(resolution, cast.secretary) == []


@pytest.mark.parametrize(("state", "move"), [("proposed", "approve"), ("approved", "post")])
def test_author_neither_approves_nor_posts(state: str, move: str, cast: Cast) -> None:
    resolution = make.make_resolution(cast, state=state)
    with translation.override("zh-hans"), pytest.raises(ValidationError) as error:
        actions.move_resolution(resolution=resolution, move=move, by=cast.member)
    assert error.value.messages == ["还差：由未参与起草的人办理"]
    assert Resolution.objects.get().state == state


def test_whoever_changed_the_draft_does_not_approve_it(cast: Cast) -> None:
    resolution = make.make_resolution(cast)
    actions.amend_resolution(resolution=resolution, title="改题", text="正文", by=cast.deputy)
    actions.move_resolution(resolution=resolution, move="propose", by=cast.member)
    with pytest.raises(ValidationError):
        actions.move_resolution(resolution=resolution, move="approve", by=cast.deputy)
    assert actions.move_resolution(resolution=resolution, move="approve", by=cast.secretary).state == "approved"


def test_proposal_is_told_once_to_those_who_may_approve_it(cast: Cast) -> None:
    second = make_user()
    make_grant(second, Role.MEMBER, cast.committee)
    resolution = make.make_resolution(cast)
    actions.amend_resolution(resolution=resolution, title="改题", text="正文", by=cast.deputy)
    actions.move_resolution(resolution=resolution, move="propose", by=cast.member)
    actions.move_resolution(resolution=resolution, move="return", by=cast.secretary, reason="再改")
    actions.move_resolution(resolution=resolution, move="propose", by=cast.member)
    told = Notice.objects.filter(kind="resolution.proposed")
    assert sorted(told.values_list("user", flat=True)) == sorted([cast.secretary.pk, second.pk])
    assert {(str(notice), notice.url) for notice in told} == {
        ("待核准：决议“改题”", f"/council/resolutions/{resolution.pk}/")
    }


def test_proposal_of_an_earlier_day_is_told_to_nobody(cast: Cast) -> None:
    make.make_resolution(cast, state="posted")
    assert not Notice.objects.exists()


def test_private_number_stops_the_proposal(cast: Cast) -> None:
    resolution = make.make_resolution(cast, text="请找 139 1234 5678")
    with translation.override("zh-hans"), pytest.raises(ValidationError) as error:
        actions.move_resolution(resolution=resolution, move="propose", by=cast.member)
    assert error.value.messages == ["还差：文中没有身份证号和手机号"]


def test_numbers_run_by_year_and_none_is_lost_to_a_draft(cast: Cast) -> None:
    make.make_resolution(cast)
    first = make.make_resolution(cast, state="posted")
    second = make.make_resolution(cast, state="posted")
    assert (first.number, second.number) == (1, 2)
    assert first.ends_on
    assert first.posted_on
    assert first.ends_on.year == first.posted_on.year + 3


def test_text_is_frozen_at_posting(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    before = Snapshot.objects.get().content
    with pytest.raises(ValidationError):
        actions.amend_resolution(resolution=resolution, title="改题", text="改文", by=cast.secretary)
    actions.move_resolution(resolution=resolution, move="revise", by=cast.member, reason="文字有误")
    actions.amend_resolution(resolution=resolution, title="改题", text="改文", by=cast.member)
    resolution.refresh_from_db()
    assert (resolution.state, resolution.approved_by, resolution.is_public) == ("drafted", None, True)
    assert Snapshot.objects.get().content == before
    for move, by in (("propose", cast.member), ("approve", cast.deputy), ("post", cast.deputy)):
        resolution = actions.move_resolution(resolution=resolution, move=move, by=by)
    titles = list(Snapshot.objects.order_by("version").values_list("version", "content__title"))
    assert titles == [(1, "关于清除蔬菜的决议"), (2, "改题")]
    assert resolution.number == 1


def test_done_measure_publishes_its_own_line_only(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    measure = resolution.topic.measures.get()
    actions.finish_measure(measure=measure, by=cast.member, note="只供内部")
    first, second = Snapshot.objects.order_by("version")
    assert first.content["measures"][0]["done_on"] is None
    assert second.content["measures"] == [
        {
            "what": "清除蔬菜",
            "owner": "党员服务站",
            "due": make.days_ago(-20).isoformat(),
            "done_on": make.days_ago(0).isoformat(),
            "is_dropped": False,
        }
    ]
    assert second.content["finished_on"] == make.days_ago(0).isoformat()
    same = {name: value for name, value in first.content.items() if name not in ("measures", "finished_on")}
    assert {name: second.content[name] for name in same} == same
    publish_progress(resolution.topic)
    assert Snapshot.objects.count() == 2


def test_measure_waits_for_the_posting_and_its_day(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="approved")
    measure = resolution.topic.measures.get()
    with pytest.raises(ValidationError):
        actions.finish_measure(measure=measure, by=cast.member)
    actions.move_resolution(resolution=resolution, move="post", by=cast.deputy, day=make.days_ago(3))
    with pytest.raises(ValidationError) as error:
        actions.finish_measure(measure=measure, by=cast.member, done_on=make.days_ago(4))
    assert list(error.value.message_dict) == ["done_on"]
    actions.finish_measure(measure=measure, by=cast.member, done_on=make.days_ago(3))
    with pytest.raises(ValidationError):
        actions.drop_measure(measure=measure, reason="晚了", by=cast.member)


def test_dropping_needs_a_reason(cast: Cast) -> None:
    measure = make.make_measure(cast, make.make_topic_at(cast, 3))
    with pytest.raises(ValidationError) as error:
        actions.drop_measure(measure=measure, reason=" ", by=cast.member)
    assert list(error.value.message_dict) == ["dropped_reason"]


def test_withdrawn_resolution_leaves_the_page_and_makes_room(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    actions.move_resolution(resolution=resolution, move="withdraw", by=cast.secretary, reason="有误")
    assert list(Resolution.objects.public()) == []
    again = make.make_resolution(cast, resolution.topic, state="posted")
    assert again.number == 2


def test_resolution_ends_after_its_time(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    assert resolution.ends_on
    assert Resolution.objects.public(resolution.ends_on - timedelta(days=1)).exists()
    assert not Resolution.objects.public(resolution.ends_on).exists()


def test_second_resolution_on_a_topic_is_refused(cast: Cast) -> None:
    resolution = make.make_resolution(cast)
    with pytest.raises(ValidationError):
        make.make_resolution(cast, resolution.topic)


@pytest.mark.parametrize("state", ["proposed", "approved", "posted"])
def test_measures_of_a_resolution_need_a_revision(cast: Cast, state: str) -> None:
    resolution = make.make_resolution(cast, state=state)
    measure = resolution.topic.measures.get()
    measure.what = "清除全部花草"
    with pytest.raises(ValidationError):
        actions.amend_measure(measure=measure, by=cast.member)
    with pytest.raises(ValidationError):
        make.make_measure(cast, resolution.topic, what="另一件事")
    assert [row.what for row in resolution.topic.measures.all()] == ["清除蔬菜"]


def test_measures_amended_in_a_revision_wait_for_the_second_posting(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    actions.move_resolution(resolution=resolution, move="revise", by=cast.member, reason="补充")
    measure = resolution.topic.measures.get()
    measure.what = "清除菊花脑以外的蔬菜"
    actions.amend_measure(measure=measure, by=cast.member)
    assert Snapshot.objects.count() == 1
    for move, by in (("propose", cast.member), ("approve", cast.deputy), ("post", cast.deputy)):
        actions.move_resolution(resolution=resolution, move=move, by=by)
    assert [row.content["measures"][0]["what"] for row in Snapshot.objects.order_by("version")] == [
        "清除蔬菜",
        "清除菊花脑以外的蔬菜",
    ]


def test_topic_is_not_withdrawn_over_a_resolution_under_revision(cast: Cast) -> None:
    """The public still reads the approved text: it is taken off first, at once, and then nothing of it is left."""
    resolution = make.make_resolution(cast, state="posted")
    page = f"/c/{cast.committee.slug}/resolutions/{resolution.year}-{resolution.number}/"
    revised = actions.move_resolution(resolution=resolution, move="revise", by=cast.member, reason="有误")
    withdraw = {"topic": resolution.topic, "move": "withdraw", "by": cast.secretary, "reason": "不再需要"}
    with pytest.raises(ValidationError):
        actions.make_move(**withdraw)
    assert Client().get(page).status_code == 200
    actions.move_resolution(resolution=revised, move="withdraw", by=cast.deputy, reason="有误")
    assert actions.make_move(**withdraw).state == "withdrawn"
    assert Client().get(page).status_code == 404
