"""Meetings on the spot: written down by staff while the plan is posted, read by everybody, naming nobody."""

import uuid
from collections.abc import Callable

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from council import actions
from council.models import GardenMeeting, Posting
from tests.cast import Cast
from tests.factories import council as make

SignIn = Callable[[User], Client]


@pytest.fixture
def posting(cast: Cast) -> Posting:
    return make.make_posting(cast)


def typed(**fields: str) -> dict[str, str]:
    return {
        "token": str(uuid.uuid4()),
        "meeting_place": "3幢楼前",
        "day": make.days_ago(0).isoformat(),
        "present": "12",
        "said": "大家赞成。",
    } | fields


def public_page(posting: Posting) -> str:
    return Client().get(f"/c/{posting.topic.committee.slug}/garden/{posting.pk}/").content.decode()


def test_form_sent_twice_writes_one_meeting(cast: Cast, posting: Posting, signed_in: SignIn) -> None:
    client, data = signed_in(cast.member), typed()
    url = f"/council/postings/{posting.pk}/meetings/new/"
    back = f"/council/topics/{posting.topic_id}/"
    assert [client.post(url, data).headers["Location"] for _i in range(2)] == [back, back]
    meeting = GardenMeeting.objects.get()
    assert (meeting.meeting_place, meeting.day, meeting.present, meeting.said) == (
        "3幢楼前",
        make.days_ago(0),
        12,
        "大家赞成。",
    )
    page = client.get(back).content.decode()
    assert "3幢楼前" in page
    assert f"/council/meetings/{meeting.pk}/edit/" in page


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("meeting_place", " ", "必填"),
        ("said", "", "必填"),
        ("present", "0", "请填写到场人数，至少 1 人。"),
        ("present", "许多", "整数"),
        ("day", make.days_ago(2).isoformat(), "请填写征求意见期间的日期"),
        ("day", make.days_ago(-1).isoformat(), "日期在今天之后"),
        ("said", "请打 13912345678", "手机号"),
        ("meeting_place", "证 110101194912310021", "身份证号"),
    ],
)
def test_wrong_input_is_told_and_kept(
    field: str, value: str, message: str, cast: Cast, posting: Posting, signed_in: SignIn
) -> None:
    url = f"/council/postings/{posting.pk}/meetings/new/"
    answer = signed_in(cast.member).post(url, typed(**{"meeting_place": "小广场", field: value}))
    assert answer.status_code == 200
    assert message in str(answer.context["form"].errors[field])
    assert value.strip() in answer.content.decode()
    assert not GardenMeeting.objects.exists()


def test_meeting_of_nobody_is_refused_by_the_action_too(cast: Cast, posting: Posting) -> None:
    with translation.override("zh-hans"), pytest.raises(ValidationError) as error:
        make.make_meeting(cast, posting, present=0)
    assert error.value.message_dict == {"present": ["请填写到场人数，至少 1 人。"]}
    assert not GardenMeeting.objects.exists()


@pytest.mark.parametrize(("present", "words"), [(5, "到场 5 人"), (4, "到场少于5人")])
def test_public_reads_of_few_only_that_they_were_few(present: int, words: str, cast: Cast, posting: Posting) -> None:
    assert "现场会" not in public_page(posting)
    make.make_meeting(cast, posting, present=present)
    page = public_page(posting)
    for part in ("现场会", "3幢楼前", "大家赞成，希望多种花。", words):
        assert part in page
    assert ("到场 4 人" in page) is False


def test_corrected_meeting_is_read_at_once(cast: Cast, posting: Posting, signed_in: SignIn) -> None:
    meeting = make.make_meeting(cast, posting, said="张三赞成")
    assert "张三" in public_page(posting)
    url = f"/council/meetings/{meeting.pk}/edit/"
    assert signed_in(cast.secretary).post(url, typed(said="有居民赞成")).status_code == 302
    assert "张三" not in public_page(posting)
    assert "有居民赞成" in public_page(posting)
    answer = signed_in(cast.secretary).post(url, typed(said="13912345678"))
    assert list(answer.context["form"].errors) == ["said"]


def test_after_step_four_nothing_is_written(cast: Cast) -> None:
    posting = make.make_topic_at(cast, 5).postings.get()
    with pytest.raises(ValidationError):
        make.make_meeting(cast, posting, day=posting.opens_on)


def test_withdrawn_posting_takes_no_meeting(cast: Cast, posting: Posting) -> None:
    actions.make_move(topic=posting.topic, move="back_to_adopt", by=cast.secretary, reason="改方案")
    actions.make_move(topic=posting.topic, move="evaluate", by=cast.secretary)
    posting.refresh_from_db()
    with translation.override("zh-hans"), pytest.raises(ValidationError) as error:
        make.make_meeting(cast, posting)
    assert error.value.messages == ["这次征求意见已撤回。"]


@pytest.mark.parametrize("is_public", [True, False])
def test_pages_ask_as_often_for_three_meetings_as_for_one(
    is_public: bool, cast: Cast, posting: Posting, signed_in: SignIn
) -> None:
    client = signed_in(cast.secretary)
    public = f"/c/{posting.topic.committee.slug}/garden/{posting.pk}/"
    url = public if is_public else f"/council/topics/{posting.topic_id}/"

    def queries() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as found:
            client.get(url)
        return len(found)

    make.make_meeting(cast, posting)
    queries()
    one = queries()
    for _number in range(2):
        make.make_meeting(cast, posting)
    assert queries() == one
    assert one <= 25
