"""The public pages: built from what was published, the same for everybody, kept until something is new."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from council import actions
from council.models import Posting, Resolution
from council.views import public
from tests.cast import Cast
from tests.factories import council as make


def read(url: str, **headers: str) -> str:
    answer = Client().get(url, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(resolution: Resolution) -> str:
    return f"/c/{resolution.committee.slug}/resolutions/{resolution.year}-{resolution.number}/"


def page_of_posting(posting: Posting) -> str:
    return f"/c/{posting.topic.committee.slug}/garden/{posting.pk}/"


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_resolution_shows_its_whole_way(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    page = words(read(page_of(resolution)))
    for part in (
        "试党议〔2026〕1号",
        "关于清除蔬菜的决议",
        "对党员为要求，对居民为倡议",
        "居民反映",
        "立为议题",
        "商议一致",
        "征求意见",
        "形成决议",
        "落实中",
        "第一条",
        "应到 3 人，实到 3 人",
        "征求意见后：居民赞成，未再修改。",
        "1 项中已完成 0 项",
        "025-0000 0000",
    ):
        assert part.replace("2026", str(resolution.year)) in page


def test_third_word_of_the_trace_is_as_it_was(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    make.adopt(cast, topic, "show_of_hands", votes_for=2, against=1)
    actions.make_move(topic=topic, move="evaluate", by=cast.secretary)
    make.evaluate(cast, topic)
    topic = actions.make_move(topic=topic, move="implement", by=cast.secretary)
    page = words(read(page_of(make.make_resolution(cast, topic, state="posted"))))
    assert "表决通过" in page
    assert "商议一致" not in page
    assert "赞成 2 票" in page
    assert "反对" not in page


def test_nobody_is_named_on_public_pages(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    posting = make.make_posting(cast, topic)
    opinion = make.make_opinion(
        cast, posting, stance="oppose", text="不同意清除", name="反对人周某", phone="13800138000"
    )
    waiting = make.make_opinion(cast, posting, text="还没审核的话", name="建议人吴某")
    hidden = make.make_opinion(cast, posting, text="点了名的话")
    actions.review_opinion(opinion=opinion, is_shown=True, by=cast.station)
    actions.review_opinion(opinion=hidden, is_shown=False, reason="点了名", by=cast.station)
    seats = [row.name for row in topic.sittings.get().attendances.all()]
    page = read(page_of_posting(posting))
    assert "不同意清除" in page
    assert "支持 0 · 建议 2 · 反对 1（网上 3）" in page
    secrets = ["反对人周某", "13800138000", waiting.text, "建议人吴某", "点了名", cast.secretary.full_name, *seats]
    assert [secret for secret in secrets if secret in page] == []


def test_positions_and_people_stay_out_of_the_resolution(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, topic)
    actions.record_position(
        sitting=sitting, topic=topic, text="种植户王某有难处", is_dissent=True, answer="逐天递减", by=cast.member
    )
    make.adopt(cast, topic)
    actions.make_move(topic=topic, move="evaluate", by=cast.secretary)
    make.evaluate(cast, topic)
    topic = actions.make_move(topic=topic, move="implement", by=cast.secretary)
    resolution = make.make_resolution(cast, topic, state="posted")
    text = read(page_of(resolution)) + repr(resolution.snapshots.get().content)
    people = [cast.member.full_name, cast.deputy.full_name, *(row.name for row in sitting.attendances.all())]
    assert [part for part in ["种植户王某", *people] if part in text] == []


def test_public_text_does_not_follow_later_changes(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    topic = resolution.topic
    before = words(read(page_of(resolution)))
    topic.title = "改过的题"
    topic.save()
    topic.plans.update(text="改过的方案")
    topic.positions.all().delete()
    Resolution.objects.filter(pk=resolution.pk).update(title="改过的决议", text="改过的正文")
    caches["pages"].clear()
    assert words(read(page_of(resolution))) == before


@pytest.mark.parametrize("state", ["drafted", "proposed", "approved"])
def test_unposted_resolution_is_nowhere(state: str, cast: Cast) -> None:
    resolution = make.make_resolution(cast, state=state)
    assert resolution.title not in read(f"/c/{cast.committee.slug}/resolutions/")


def test_withdrawn_resolution_is_gone_at_once(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    url = page_of(resolution)
    assert resolution.title in read(f"/c/{cast.committee.slug}/resolutions/")
    actions.move_resolution(resolution=resolution, move="withdraw", by=cast.secretary, reason="有误")
    assert Client().get(url).status_code == 404
    assert resolution.title not in read(f"/c/{cast.committee.slug}/resolutions/")


def test_unchanged_page_is_304_until_something_is_new(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    url = page_of(resolution)
    first = Client().get(url)
    assert first["Cache-Control"] == "public, no-cache"
    tag = first["ETag"]
    same = Client().get(url, headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    actions.finish_measure(measure=resolution.topic.measures.get(), by=cast.member)
    changed = Client().get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "1 项全部完成" in changed.content.decode()


def test_language_and_day_have_tags_of_their_own(cast: Cast) -> None:
    url = page_of(make.make_resolution(cast, state="posted"))
    chinese, english = Client().get(url), Client().get(f"{url}?lang=en")
    assert "Agreed by discussion" in english.content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        tomorrow = Client().get(url)
    assert len({chinese["ETag"], english["ETag"], tomorrow["ETag"]}) == 3


def test_posting_closes_without_a_write(cast: Cast) -> None:
    posting = make.make_posting(cast, closes_on=make.days_ago(0))
    url = page_of_posting(posting)
    assert "我要提意见" in read(url)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        page = read(url)
    assert "我要提意见" not in page
    assert "已结束" in page


def test_withdrawn_posting_is_gone(cast: Cast) -> None:
    topic = make.make_topic_at(cast, 4)
    posting = make.make_posting(cast, topic)
    actions.make_move(topic=topic, move="back_to_adopt", by=cast.secretary, reason="方案有改动")
    assert Client().get(page_of_posting(posting)).status_code == 404
    assert posting.content["title"] not in read(f"/c/{cast.committee.slug}/garden/")


def test_cached_pages_carry_no_form_and_no_cookie(cast: Cast) -> None:
    resolution, posting = make.make_resolution(cast, state="posted"), make.make_posting(cast)
    base = f"/c/{cast.committee.slug}/"
    for url in (
        f"{base}resolutions/",
        page_of(resolution),
        f"{base}garden/",
        page_of_posting(posting),
        f"{page_of_posting(posting)}notice/",
    ):
        answer = Client().get(url)
        assert "<form" not in answer.content.decode()
        assert "csrf" not in answer.content.decode()
        assert not answer.cookies


def test_second_reading_comes_from_the_cache_in_few_queries(cast: Cast) -> None:
    url = page_of(make.make_resolution(cast, state="posted"))
    first = Client().get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = Client().get(url)
    assert second.content == first.content
    assert len(queries) == 2


def test_what_is_written_while_a_page_is_made_is_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the newer page would stand under the older tag, and come back should the older state come back."""
    posting = make.make_posting(cast)
    url = page_of_posting(posting)
    made = public.posting_page

    def made_while_someone_writes(slug: str, pk: int) -> public.Shown:
        Posting.objects.filter(pk=pk).update(what_changed="改动甲")
        return made(slug, pk)

    monkeypatch.setattr(public, "posting_page", made_while_someone_writes)
    torn = Client().get(url)
    assert "ETag" not in torn.headers
    monkeypatch.undo()
    Posting.objects.filter(pk=posting.pk).update(what_changed=posting.what_changed)
    assert "改动甲" in torn.content.decode()
    assert "改动甲" not in read(url)


def test_message_to_one_person_is_not_kept_for_others(cast: Cast, signed_in: Callable[[User], Client]) -> None:
    resolution = make.make_resolution(cast, state="approved")
    client = signed_in(cast.deputy)
    client.post(f"/council/resolutions/{resolution.pk}/moves/post/")
    resolution.refresh_from_db()
    assert "已办理。" in client.get(page_of(resolution)).content.decode()
    assert "已办理。" not in read(page_of(resolution))


def test_notice_leads_to_the_posting_by_qr(cast: Cast) -> None:
    posting = make.make_posting(cast)
    page = read(f"{page_of_posting(posting)}notice/")
    assert "<svg" in page
    assert f"http://testserver{page_of_posting(posting)}" in page
    assert "style=" not in page


def test_other_committees_resolution_is_not_under_this_address(cast: Cast) -> None:
    resolution = make.make_resolution(cast, state="posted")
    assert Client().get(f"/c/{cast.other_committee.slug}/resolutions/{resolution.year}-1/").status_code == 404


@pytest.mark.parametrize("tail", ["resolutions/2026-999999999999999999/", "garden/99999999/", "resolutions/0-0/"])
def test_unknown_number_is_404(tail: str, cast: Cast) -> None:
    assert Client().get(f"/c/{cast.committee.slug}/{tail}").status_code == 404
