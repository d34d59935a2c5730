"""Staff pages: what they show, what they refuse, and how many queries they need."""

import uuid

import pytest
from django.test import Client

from council import actions
from council.models import Decision, Measure, Position, Posting, Topic
from tests.cast import Cast
from tests.factories import council as make
from tests.pages import SignIn, queries


@pytest.fixture
def editor(cast: Cast, signed_in: SignIn) -> Client:
    return signed_in(cast.secretary)


def test_topic_page_tells_state_sentence_and_what_is_missing(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    make.make_posting(cast, topic, closes_on=make.days_ago(-2))
    page = editor.get(f"/council/topics/{topic.pk}/").content.decode()
    for part in (
        "莫让社区变农庄",
        "评估议程 · 征求意见至",
        "还剩 3 天",
        "进入“实施议程”还差",
        "意见汇总说明",
        "商议一致",
    ):
        assert part in page


def test_reader_sees_the_topic_without_buttons(cast: Cast, signed_in: SignIn) -> None:
    topic = make.make_topic_at(cast, 2)
    page = signed_in(cast.branch2_secretary).get(f"/council/topics/{topic.pk}/").content.decode()
    assert "进入“采纳议程”还差" in page
    assert "/moves/" not in page
    assert "/plans/new/" not in page


def test_empty_list_says_how_the_first_topic_comes(editor: Client) -> None:
    assert "进行中的议题会按步骤列在这里" in editor.get("/council/").content.decode()


def test_topic_is_opened_once_by_a_form_sent_twice(editor: Client, cast: Cast) -> None:
    typed = {"token": str(uuid.uuid4()), "title": "楼道灯😀", "branch": str(cast.branch1.pk), "reason": "居民提出"}
    for _i in range(2):
        assert editor.post("/council/topics/new/", typed).status_code == 302
    assert Topic.objects.values_list("title", "number").get() == ("楼道灯😀", 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "议题"),
        ({"title": "长" * 61}, "60"),
        ({"branch": ""}, "请选择所在片区的支部，或用文字写明地点。"),
        ({"branch": "999999"}, "选"),
        ({"token": "no uuid"}, "UUID"),
    ],
)
def test_wrong_topic_form_keeps_what_was_typed(change: dict[str, str], told: str, editor: Client, cast: Cast) -> None:
    typed = {
        "token": str(uuid.uuid4()),
        "title": "楼道灯",
        "branch": str(cast.branch1.pk),
        "reason": "居民提出的缘由",
    }
    page = editor.post("/council/topics/new/", typed | change).content.decode()
    assert told in page
    assert "居民提出的缘由" in page
    assert Topic.objects.count() == 0


def test_branch_of_another_committee_cannot_be_chosen(editor: Client, cast: Cast) -> None:
    typed = {"token": str(uuid.uuid4()), "title": "楼道灯", "branch": str(cast.other_branch.pk)}
    assert editor.post("/council/topics/new/", typed).status_code == 200
    assert Topic.objects.count() == 0


@pytest.mark.parametrize("name", ["topics", "sittings", "resolutions"])
def test_unknown_id_is_404(name: str, editor: Client) -> None:
    assert editor.get(f"/council/{name}/99999999/").status_code == 404


def test_more_votes_than_present_is_told_at_the_field(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, topic, present=2)
    typed = {
        "sitting": sitting.pk,
        "plan": make.plan_of(topic).pk,
        "method": "show_of_hands",
        "votes_for": 3,
        "against": 0,
        "abstained": 0,
    }
    page = editor.post(f"/council/topics/{topic.pk}/decision/", typed).content.decode()
    assert "共 3 票，但实到只有 2 人。请改正票数。" in page
    assert Decision.objects.count() == 0
    assert editor.post(f"/council/topics/{topic.pk}/decision/", typed | {"votes_for": 2}).status_code == 302


@pytest.mark.parametrize("votes", ["-1", "two", "", "99999"])
def test_votes_that_are_no_number_are_refused(votes: str, editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, topic)
    typed = {"sitting": sitting.pk, "plan": make.plan_of(topic).pk, "method": "show_of_hands", "votes_for": votes}
    assert editor.post(f"/council/topics/{topic.pk}/decision/", typed).status_code == 200
    assert Decision.objects.count() == 0


def test_closing_day_before_opening_day_is_told(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    url = f"/council/topics/{topic.pk}/posting/"
    page = editor.post(url, {"opens_on": "2026-04-02", "closes_on": "2026-03-27"}).content.decode()
    assert "截止日不能早于开始日。" in page
    assert 'value="2026-03-27"' in page
    assert editor.post(url, {"opens_on": "2026-02-30", "closes_on": "2026-03-27"}).status_code == 200
    assert Posting.objects.count() == 0


def test_private_number_in_the_plan_stops_the_posting(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    actions.draft_plan(topic=topic, by=cast.member, text="联系 13912345678", note="加电话")
    make.adopt(cast, topic)
    actions.make_move(topic=topic, move="evaluate", by=cast.secretary)
    page = editor.post(
        f"/council/topics/{topic.pk}/posting/", {"opens_on": "2026-03-27", "closes_on": "2026-04-02"}
    ).content.decode()
    assert "文中有身份证号或手机号" in page
    assert Posting.objects.count() == 0


def test_position_and_measure_sent_twice_count_once(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, topic)
    said = {"token": str(uuid.uuid4()), "sitting": sitting.pk, "text": "有难处", "is_dissent": "on"}
    todo = {"token": str(uuid.uuid4()), "what": "清理", "owner": "党员服务站", "due": "2026-12-01"}
    for _i in range(2):
        assert editor.post(f"/council/topics/{topic.pk}/positions/new/", said).status_code == 302
        assert editor.post(f"/council/topics/{topic.pk}/measures/new/", todo).status_code == 302
    assert (Position.objects.count(), Measure.objects.count()) == (1, 1)


def test_move_by_button_and_by_reason(editor: Client, cast: Cast) -> None:
    topic = make.make_topic(cast)
    editor.post(f"/council/topics/{topic.pk}/moves/formulate/")
    assert Topic.objects.get().step == 2
    url = f"/council/topics/{topic.pk}/moves/back_to_establish/"
    assert editor.post(url, {"reason": ""}).status_code == 200
    assert Topic.objects.get().step == 2
    assert editor.post(url, {"reason": "材料不全"}).status_code == 302
    assert Topic.objects.get().step == 1


def test_refused_move_tells_what_is_missing(editor: Client, cast: Cast) -> None:
    topic = make.make_topic(cast, reason="")
    page = editor.post(f"/council/topics/{topic.pk}/moves/formulate/", follow=True).content.decode()
    assert "还差：居民反映，或写明缘由" in page


def test_difference_of_two_drafts(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    actions.draft_plan(topic=topic, by=cast.member, text="第一条\n第三条", note="改第二条")
    page = editor.get(f"/council/topics/{topic.pk}/plans/2/").content.decode()
    assert "<del>第二条</del>" in page
    assert "<ins>第三条</ins>" in page
    assert editor.get(f"/council/topics/{topic.pk}/plans/1/").status_code == 404


def test_resolution_is_drafted_approved_and_posted_by_two(cast: Cast, signed_in: SignIn) -> None:
    topic = make.make_topic_at(cast, 5)
    author, approver = signed_in(cast.member), signed_in(cast.deputy)
    answer = author.post(f"/council/topics/{topic.pk}/resolution/", {"title": "决议", "text": "现形成决议："})
    base = answer["Location"]
    author.post(f"{base}moves/propose/")
    page = author.post(f"{base}moves/approve/", follow=True).content.decode()
    assert "还差：由未参与起草的人办理" in page
    for move in ("approve", "post"):
        approver.post(f"{base}moves/{move}/")
    assert topic.resolutions.get().state == "posted"


def test_seat_of_a_stranger_cannot_be_filled(editor: Client, cast: Cast) -> None:
    stranger = make.make_holder(cast, committee=cast.other_committee, branch=cast.other_branch)
    typed = {"constituency": "self_managed", "member": stranger.pk, "since": "2026-01-01"}
    assert editor.post("/council/seats/new/", typed).status_code == 200
    assert cast.committee.seats.count() == 0


def test_seat_needs_a_holder(editor: Client, cast: Cast) -> None:
    page = editor.post("/council/seats/new/", {"constituency": "unit", "since": "2026-01-01"}).content.decode()
    assert "驻区单位席位要选单位并填写代表姓名；其他席位要选党员。" in page


def test_list_needs_as_many_queries_for_three_topics_as_for_one(editor: Client, cast: Cast) -> None:
    for step in (1, 4):
        make.make_topic_at(cast, step)
    make.make_posting(cast)
    one = queries(editor, "/council/")
    for step in (1, 2, 3, 4, 4, 5):
        make.make_topic_at(cast, step)
    make.make_posting(cast)
    assert queries(editor, "/council/") == one
    assert one <= 15


def fill(cast: Cast, topic: Topic, posting: Posting, number: int) -> None:
    for index in range(number):
        make.make_opinion(cast, posting, text=f"意见{index}")
        make.make_measure(cast, topic, what=f"事项{index}")


def test_topic_page_needs_as_many_queries_for_three_rows_as_for_one(editor: Client, cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, topic)
    actions.record_position(sitting=sitting, topic=topic, text="一", by=cast.member)
    make.adopt(cast, topic)
    topic = actions.make_move(topic=topic, move="evaluate", by=cast.secretary)
    posting = make.make_posting(cast, topic)
    fill(cast, topic, posting, 1)
    url = f"/council/topics/{topic.pk}/"
    one = queries(editor, url)
    fill(cast, topic, posting, 3)
    assert queries(editor, url) == one
    assert one <= 25


@pytest.mark.parametrize("url", ["/council/opinions/", "/council/seats/"])
def test_other_lists_need_as_many_queries_for_three_rows_as_for_one(url: str, editor: Client, cast: Cast) -> None:
    posting = make.make_posting(cast)
    make.make_opinion(cast, posting)
    one = queries(editor, url)
    for _i in range(3):
        make.make_opinion(cast, posting)
        make.make_seat(cast)
    assert queries(editor, url) == one
    assert one <= 15


def test_resolution_page_stays_under_its_limit(editor: Client, cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    assert queries(editor, f"/council/resolutions/{resolution.pk}/") <= 25


@pytest.mark.parametrize(("state", "offered"), [("drafted", True), ("posted", False)])
def test_topic_page_offers_changed_measures_until_the_resolution_is_proposed(cast, client, state, offered):
    resolution = make.make_resolution(cast, state=state)
    measure = resolution.topic.measures.get()
    client.force_login(cast.member)
    page = client.get(f"/council/topics/{resolution.topic_id}/").content.decode()
    assert (f"/council/measures/{measure.pk}/edit/" in page) is offered
    assert (f"/council/topics/{resolution.topic_id}/measures/new/" in page) is offered
