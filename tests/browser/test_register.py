"""The secretary reads the register: the statistics at a desk, the list and a person on a phone."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from members.demo import build_register
from members.models import Member
from tests.cast import Cast, make_cast
from tests.factories.organisation import make_branch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
Picture = Callable[[Page, str], None]
STATISTICS = "/members/statistics/?on=2026-03-30&since=2023-12-31"


@pytest.fixture
def community(transactional_db: None) -> Cast:
    cast = make_cast()
    branches = [cast.branch1, cast.branch2, *(make_branch(cast.committee) for _number in range(3))]
    build_register(committee=cast.committee, branches=branches, on=date(2026, 3, 30), by=cast.secretary)
    return cast


def test_secretary_reads_the_statistics(
    community: Cast, desktop: Page, sign_in: Callable[..., None], axe: Check, picture: Picture
) -> None:
    sign_in(desktop, "secretary")
    desktop.goto(STATISTICS)
    expect(desktop.locator(".page-sub")).to_contain_text("自管党员 163 人")
    expect(desktop.locator(".bar-row").nth(4)).to_contain_text("96 · 58.9%")
    expect(desktop.locator("#main")).to_contain_text("期间转入 84 人，占现有 163 人的 52%。")
    expect(desktop.locator("#difference")).to_have_text("0")
    expect(desktop.locator("#main")).to_contain_text("增减平衡，差额 0")
    axe(desktop)
    picture(desktop, "statistics")
    desktop.locator(".movement").get_by_role("link", name="84").click()
    expect(desktop.locator("[data-total]")).to_have_attribute("data-total", "84")
    axe(desktop)
    picture(desktop, "transferred-in")


def test_secretary_chooses_another_day(community: Cast, desktop: Page, sign_in: Callable[..., None]) -> None:
    sign_in(desktop, "secretary")
    desktop.goto("/members/statistics/")
    desktop.get_by_text("选择日期").click()
    desktop.locator("[name=on]").fill("2024-12-31")
    desktop.locator("[name=since]").fill("2023-12-31")
    desktop.get_by_role("button", name="查询").click()
    expect(desktop.locator(".page-sub")).to_contain_text("自管党员 119 人")
    expect(desktop.locator("#difference")).to_have_text("0")


def test_secretary_finds_a_member_on_a_phone(
    community: Cast, phone: Page, sign_in: Callable[..., None], axe: Check, picture: Picture
) -> None:
    member = Member.objects.on_the_books(date(2026, 3, 30)).order_by("pk")[3]
    sign_in(phone, "secretary")
    phone.goto(STATISTICS)
    axe(phone)
    picture(phone, "statistics-phone")
    phone.goto("/members/")
    axe(phone)
    picture(phone, "register-phone")
    phone.locator("[name=q]").fill(member.name)
    phone.get_by_role("button", name="查找").click()
    phone.get_by_role("link", name=member.name).click()
    expect(phone.locator("h1")).to_have_text(member.name)
    axe(phone)
    picture(phone, "member-phone")
    expect(phone.locator("#secrets")).not_to_contain_text(member.phone)
    phone.get_by_role("button", name="查看完整信息（将记录）").click()
    expect(phone.locator("#secrets")).to_contain_text(member.phone)
    phone.get_by_role("link", name="隐藏").click()
    expect(phone).to_have_url(re.compile(f"/members/{member.pk}/$"))
    expect(phone.locator("#secrets")).not_to_contain_text(member.phone)


def test_forms_of_the_register_are_accessible(
    community: Cast, desktop: Page, sign_in: Callable[..., None], axe: Check, picture: Picture
) -> None:
    member = Member.objects.on_the_books(date(2026, 3, 30)).order_by("pk")[3]
    sign_in(desktop, "secretary")
    for page in ("new", f"{member.pk}/edit", f"{member.pk}/move", f"{member.pk}/transfer-out"):
        desktop.goto(f"/members/{page}/")
        axe(desktop)
    desktop.goto(f"/members/{member.pk}/transfer-out/")
    desktop.locator("[name=day]").fill("2010-01-01")
    desktop.get_by_role("button", name="终止关系").click()
    expect(desktop.locator("#error-summary")).to_contain_text("不能早于 2022-12-20")
    axe(desktop)
    picture(desktop, "step-refused")
