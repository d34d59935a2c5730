"""Opinions: counted once, limited, reviewed, answered; name and phone are nowhere in the open."""

import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from accounts.models import User
from council import actions
from council.models import Opinion, Posting
from council.views.public_opinion import FOR_POSTING, FROM_ADDRESS, too_many_until
from journal.models import Audit
from tests.cast import Cast
from tests.factories import council as make


def address(posting: Posting) -> str:
    return f"/c/{posting.topic.committee.slug}/garden/{posting.pk}/opinion/"


def data(**fields: str) -> dict[str, str]:
    return {"stance": "suggest", "text": "加装雨棚", "token": str(uuid.uuid4())} | fields


def test_opinion_from_the_web_is_in_and_waits(cast: Cast) -> None:
    posting = make.make_posting(cast)
    answer = Client().post(address(posting), data(name="周某", phone="138 0013 8000"))
    assert (answer.status_code, answer["Location"]) == (302, f"{address(posting)}?received")
    opinion = Opinion.objects.get()
    assert (opinion.review, opinion.channel, opinion.entered_by) == ("waiting", "web", None)
    assert (opinion.name, opinion.phone, opinion.is_repeat) == ("周某", "138 0013 8000", False)
    assert "意见已收到" in Client().get(answer["Location"]).content.decode()


def test_name_and_phone_are_encrypted_and_in_no_trail(cast: Cast) -> None:
    posting = make.make_posting(cast)
    make.make_opinion(cast, posting, name="周某", phone="13800138000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, phone_mark FROM council_opinion")
        stored = " ".join(cursor.fetchone())
    trail = " ".join(f"{row.object_label} {row.changes}" for row in Audit.objects.all())
    for private in ("周某", "13800138000"):
        assert private not in stored
        assert private not in trail


def test_same_form_sent_twice_counts_once(cast: Cast) -> None:
    posting = make.make_posting(cast)
    typed = data()
    for _i in range(2):
        assert Client().post(address(posting), typed).status_code == 302
    assert Opinion.objects.count() == 1
    token = uuid.uuid4()
    for _i in range(2):
        actions.enter_opinions(
            posting=posting, lines=[("support", ""), ("support", "")], channel="paper", token=token, by=cast.station
        )
    assert Opinion.objects.filter(channel="paper").count() == 2


def test_same_phone_again_is_flagged_not_dropped(cast: Cast) -> None:
    posting = make.make_posting(cast)
    make.make_opinion(cast, posting, phone="138 0013 8000")
    again = make.make_opinion(cast, posting, phone="138-0013-8000")
    assert (again.is_repeat, Opinion.objects.count()) == (True, 2)


def test_too_many_from_one_address_are_told_when_and_whom_to_phone(cast: Cast) -> None:
    posting = make.make_posting(cast)
    for _i in range(FROM_ADDRESS.number):
        assert Client().post(address(posting), data()).status_code == 302
    answer = Client().post(address(posting), data(text="第六条意见"))
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "之后再试，或拨打 025-0000 0000" in page
    assert "第六条意见" in page
    assert Client().post(address(posting), data(), REMOTE_ADDR="10.0.0.9").status_code == 302


def test_one_posting_takes_only_so_many(cast: Cast) -> None:
    posting = make.make_posting(cast)
    found = [too_many_until(posting, f"10.0.0.{index}") for index in range(FOR_POSTING.number + 1)]
    assert found[:-1] == [None] * FOR_POSTING.number
    assert found[-1] is not None


@pytest.mark.parametrize(("opens", "closes"), [(9, 2), (3, 1)])
def test_closed_posting_takes_none(opens: int, closes: int, cast: Cast) -> None:
    posting = make.make_posting(cast, opens_on=make.days_ago(opens), closes_on=make.days_ago(closes))
    answer = Client().post(address(posting), data())
    assert (answer.status_code, Opinion.objects.count()) == (410, 0)
    assert "征求意见已结束" in answer.content.decode()
    with pytest.raises(ValidationError):
        make.make_opinion(cast, posting)


def test_last_day_still_takes_opinions(cast: Cast) -> None:
    posting = make.make_posting(cast, opens_on=make.days_ago(6), closes_on=make.days_ago(0))
    assert Client().post(address(posting), data()).status_code == 302


def test_posting_not_yet_open_is_unknown(cast: Cast) -> None:
    posting = make.make_posting(cast, opens_on=make.days_ago(-1), closes_on=make.days_ago(-7))
    assert Client().get(address(posting)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"stance": ""}, "请选一项：支持、建议或反对。"),
        ({"stance": "maybe"}, "maybe"),
        ({"text": ""}, "请简单写明您的建议或反对的内容。"),
        ({"stance": "oppose", "text": " "}, "请简单写明您的建议或反对的内容。"),
        ({"text": "长" * 1001}, "1000"),
    ],
)
def test_wrong_form_says_what_and_keeps_the_words(fields: dict[str, str], told: str, cast: Cast) -> None:
    posting = make.make_posting(cast)
    answer = Client().post(address(posting), data(name="周某😀", **fields))
    page = answer.content.decode()
    assert (answer.status_code, Opinion.objects.count()) == (200, 0)
    assert told in page
    assert "周某😀" in page


def test_emoji_is_kept(cast: Cast) -> None:
    posting = make.make_posting(cast)
    Client().post(address(posting), data(text="好👍", name="🌼"))
    assert Opinion.objects.values_list("text", "name").get() == ("好👍", "🌼")


def test_opinion_in_favour_needs_no_word(cast: Cast) -> None:
    posting = make.make_posting(cast)
    assert Client().post(address(posting), data(stance="support", text="")).status_code == 302


def test_review_shows_or_hides_with_a_reason(cast: Cast) -> None:
    opinion = make.make_opinion(cast, make.make_posting(cast))
    with pytest.raises(ValidationError) as error:
        actions.review_opinion(opinion=opinion, is_shown=False, by=cast.station)
    assert list(error.value.message_dict) == ["reason"]
    hidden = actions.review_opinion(opinion=opinion, is_shown=False, by=cast.station, reason="点了名")
    assert (hidden.review, hidden.review_reason, hidden.reviewed_by) == ("hidden", "点了名", cast.station)
    shown = actions.review_opinion(opinion=opinion, is_shown=True, by=cast.member)
    assert (shown.review, shown.review_reason) == ("shown", "")


@pytest.mark.parametrize("text", ["请打 13912345678", "证 110101194912310021"])
def test_private_number_is_never_shown(text: str, cast: Cast) -> None:
    opinion = make.make_opinion(cast, make.make_posting(cast), text=text)
    with pytest.raises(ValidationError):
        actions.review_opinion(opinion=opinion, is_shown=True, by=cast.station)
    with pytest.raises(ValidationError):
        actions.reply_opinion(opinion=opinion, reply=text, by=cast.member)
    opinion.refresh_from_db()
    assert (opinion.review, opinion.reply) == ("waiting", "")


def test_paper_is_entered_in_bulk(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    posting = make.make_posting(cast)
    typed = {
        "token": str(uuid.uuid4()),
        "channel": "paper",
        "day": make.days_ago(0).isoformat(),
        "plain_support": "2",
        "support": "早该管了\n\n 支持 ",
        "suggest": "多种花",
        "oppose": "保留菊花脑",
    }
    answer = signed_in(cast.station).post(f"/council/postings/{posting.pk}/opinions/", typed)
    assert answer.status_code == 302
    assert list(Opinion.objects.values_list("stance", "text", "channel")) == [
        ("support", "", "paper"),
        ("support", "", "paper"),
        ("support", "早该管了", "paper"),
        ("support", "支持", "paper"),
        ("suggest", "多种花", "paper"),
        ("oppose", "保留菊花脑", "paper"),
    ]


def test_paper_of_a_wrong_day_or_none_is_refused(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    posting = make.make_posting(cast)
    client, url = signed_in(cast.station), f"/council/postings/{posting.pk}/opinions/"
    for day, told in (
        (make.days_ago(-1), "日期在今天之后，请填写今天或更早的日期。"),
        (make.days_ago(2), "日期不能早于征求意见开始之日。"),
        (make.days_ago(0), "请至少录入一条意见。"),
    ):
        support = "" if day == make.days_ago(0) else "支持的话"
        typed = {"token": str(uuid.uuid4()), "channel": "paper", "day": day.isoformat(), "support": support}
        page = client.post(url, typed).content.decode()
        assert told in page
        assert support in page
    assert Opinion.objects.count() == 0


def test_web_is_no_channel_for_staff(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.enter_opinions(
            posting=make.make_posting(cast),
            lines=[("support", "")],
            channel="web",
            token=uuid.uuid4(),
            by=cast.station,
        )
