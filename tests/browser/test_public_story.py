"""The public story: the council adopts, residents are asked in the garden, a stranger reads the resolution on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from council.models import Opinion, Posting, Resolution, Seat, Topic
from service_station.actions import promote_reports
from tests.browser.conftest import DESKTOP
from tests.cast import Cast, make_cast
from tests.factories import council as make
from tests.factories.service_station import make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Axe = Callable[[Page], None]
Picture = Callable[[Page, str], None]
SAVE = "main form [name=save]"


def fill(page: Page, **values: str) -> None:
    """Fill a form by its fields' names and save it."""
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator(SAVE).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def make_promoted_topic(cast: Cast) -> Topic:
    topic = make.make_topic(cast, reason="", day=make.days_ago(0))
    report = make_report(cast.committee, name="反映人吴某", phone="13812348000")
    promote_reports(reports=[report], topic=topic, by=cast.station)
    return topic


def analyse(page: Page) -> None:
    press(page, "进入制订议程")
    follow(page, "填写分析表")
    fill(page, facts="居民在公共绿地种植蔬菜。", options="全部清除。")
    follow(page, "由谁决定")
    page.locator("[name=remit][value=members]").check()
    page.locator(SAVE).click()
    follow(page, "新的一稿")
    fill(page, text="先自行清除。\n再组织清除。")
    press(page, "进入采纳议程")


def adopt(page: Page, topic: Topic) -> None:
    """The sitting: who came, one differing view with its answer, a second draft, agreed by discussion."""
    address = f"/council/topics/{topic.pk}/"
    follow(page, "召集会议")
    fill(page, sitting_place="党员活动室")
    follow(page, "登记到会人员")
    for seat in Seat.objects.all():
        page.locator(f"[name=present][value='{seat.pk}']").check()
    page.locator(SAVE).click()
    expect(page.locator("main")).to_contain_text("应到 3 人，实到 3 人，达到应到人数的三分之二（至少 2 人）")
    page.goto(address)
    follow(page, "登记会上意见")
    page.locator("[name=is_dissent]").check()
    fill(page, text="清除后土地裸露；菊花脑应当保留。", answer="采纳：第 1 条保留菊花脑。")
    follow(page, "新的一稿")
    fill(page, text="除菊花脑以外的蔬菜必须清除。\n可以逐天递减。", note="保留菊花脑，逐天递减。")
    follow(page, "登记议定结果")
    page.locator("[name=method][value=agreement]").check()
    page.locator(SAVE).click()
    expect(page.locator("main")).to_contain_text("商议一致")
    press(page, "进入评估议程")


def ask_residents(staff: Page, resident: Page, axe: Axe, picture: Picture) -> None:
    """Posted; a resident objects on a phone; the objection is shown after review and answered."""
    follow(staff, "在议事园公布")
    staff.locator(SAVE).click()
    posting = Posting.objects.get()
    resident.goto("/c/jia/garden/")
    axe(resident)
    resident.get_by_role("link", name="莫让社区变农庄").click()
    follow(resident, "我要提意见")
    resident.locator("[name=stance][value=oppose]").check()
    resident.locator(SAVE).click()
    expect(resident.locator(".error-summary")).to_contain_text("请简单写明您的建议或反对的内容。")
    axe(resident)
    fill(resident, text="一次清完有困难。", name="反对人周某", phone="13912345678")
    expect(resident.locator("h1")).to_have_text("谢谢您，意见已收到")
    axe(resident)
    follow(resident, "回到方案")
    expect(resident.locator("main")).not_to_contain_text("一次清完有困难。")
    staff.goto("/council/opinions/")
    axe(staff)
    press(staff, "显示")
    staff.goto(f"/council/topics/{posting.topic_id}/")
    follow(staff, "回复")
    fill(staff, reply="可以逐天递减，直至彻底清除。")
    resident.reload()
    expect(resident.locator("main")).to_contain_text("一次清完有困难。")
    expect(resident.locator("main")).to_contain_text("回复：可以逐天递减，直至彻底清除。")
    expect(resident.locator("main")).not_to_contain_text("周某")
    axe(resident)
    picture(resident, "story-posting-phone")


def carry_out(staff: Page, second: Page) -> None:
    """The days of the posting pass; what changed, measures, a resolution by one and its approval by another."""
    Posting.objects.update(opens_on=make.days_ago(7), closes_on=make.days_ago(1))
    follow(staff, "意见采纳说明")
    fill(staff, what_changed="方案已写明可以逐天递减，未再修改。")
    follow(staff, "新增实施事项")
    fill(staff, what="清除蔬菜", owner="党员服务站", due=make.days_ago(-10).isoformat())
    press(staff, "进入实施议程")
    follow(staff, "起草决议")
    fill(staff, title="关于清除公共绿地种植蔬菜的决议", text="经讨论并征求意见，形成决议：")
    press(staff, "提交审批")
    expect(staff.get_by_role("button", name="批准", exact=True)).to_be_disabled()
    second.goto(f"/council/resolutions/{Resolution.objects.get().pk}/")
    press(second, "批准")
    press(second, "公布")


def test_council_adopts_garden_asks_stranger_reads(
    desktop: Page,
    phone: Page,
    page_at: Callable[..., Page],
    sign_in: Callable[..., None],
    axe: Axe,
    picture: Picture,
) -> None:
    cast = make_cast()
    make.make_seats(cast)
    topic = make_promoted_topic(cast)
    second = page_at(**DESKTOP)
    sign_in(desktop, "member")
    sign_in(second, "deputy")
    desktop.goto(f"/council/topics/{topic.pk}/")
    analyse(desktop)
    adopt(desktop, topic)
    axe(desktop)
    ask_residents(desktop, phone, axe, picture)
    carry_out(desktop, second)
    assert Opinion.objects.get().review == "shown"

    phone.goto("/c/jia/resolutions/")
    axe(phone)
    phone.get_by_role("link", name="关于清除公共绿地种植蔬菜的决议").click()
    page = phone.locator("main")
    for words in ("商议一致", "除菊花脑以外的蔬菜必须清除。", "未再修改。", "清除蔬菜", "落实中", "025-0000 0000"):
        expect(page).to_contain_text(words)
    for secret in ("周某", "吴某", "8000", "deputy", "member", "有困难"):
        expect(page).not_to_contain_text(secret)
    axe(phone)
    picture(phone, "story-resolution-phone")

    desktop.goto(f"/council/topics/{topic.pk}/")
    follow(desktop, "完成")
    desktop.locator(SAVE).click()
    press(desktop, "办结议题")
    phone.reload()
    expect(page).to_contain_text("1 项全部完成")
    expect(page).to_contain_text("落实完成")
