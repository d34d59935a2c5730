"""The resident reports on a phone, looks the report up, and the station makes it a topic."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service_station.models import Report
from tests.browser.conftest import PHONE
from tests.cast import make_cast
from tests.factories.service_station import TEXT, bring_to, make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Axe = Callable[[Page], None]
Picture = Callable[[Page, str], None]
SEND = "main form button[type=submit]"


def report_on_a_phone(phone: Page, axe: Axe, picture: Picture) -> str:
    """Fill the public form; returns the number that the resident reads."""
    phone.goto("/c/jia/")
    axe(phone)
    phone.locator("main a[href='/c/jia/report/']").click()
    axe(phone)
    phone.locator(SEND).click()
    expect(phone.locator("#id_text")).to_have_attribute("aria-invalid", "true")
    axe(phone)
    phone.locator("[name=text]").fill(TEXT)
    phone.locator("[name=phone]").fill("138 1234 8000")
    picture(phone, "report-phone")
    phone.locator(SEND).click()
    expect(phone).to_have_url(re.compile("/report/received/$"))
    axe(phone)
    picture(phone, "received-phone")
    return phone.locator("#number").inner_text()


def look_up(phone: Page, number: str, tail: str = "8000") -> None:
    phone.goto("/c/jia/report/lookup/")
    phone.locator("[name=number]").fill(number)
    phone.locator("[name=tail]").fill(tail)
    phone.locator(SEND).click()


def test_resident_reports_and_the_station_makes_it_a_topic(
    phone: Page, desktop: Page, sign_in: Callable[..., None], axe: Axe, picture: Picture
) -> None:
    cast = make_cast()
    number = report_on_a_phone(phone, axe, picture)
    report = Report.objects.get()
    assert number == report.number

    look_up(phone, number, "8001")
    expect(phone.locator("main .alert-danger")).to_contain_text(cast.committee.phone)
    axe(phone)
    look_up(phone, number.lower())
    expect(phone.locator("#standing")).to_contain_text("已收到")
    axe(phone)

    sign_in(desktop, "station")
    desktop.goto("/station/")
    axe(desktop)
    picture(desktop, "station-list")
    desktop.locator("main table a").first.click()
    expect(desktop.locator(".told")).to_have_text(TEXT)
    axe(desktop)
    picture(desktop, "report-detail")
    desktop.get_by_role("button", name="受理", exact=True).click()
    expect(desktop.locator(".page-sub")).to_contain_text("办理中")
    desktop.get_by_role("link", name="立为议题", exact=True).click()
    axe(desktop)
    desktop.locator("[name=title]").fill("莫让社区变农庄")
    desktop.locator(SEND).click()
    expect(desktop.locator(".page-sub")).to_contain_text("已立为议题")
    axe(desktop)

    look_up(phone, number)
    expect(phone.locator("#standing")).to_contain_text("党员议事会")
    picture(phone, "standing-phone")


def test_counter_enters_a_report_on_a_phone(
    phone: Page, sign_in: Callable[..., None], axe: Axe, picture: Picture
) -> None:
    make_cast()
    sign_in(phone, "station")
    phone.goto("/station/")
    axe(phone)
    phone.goto("/station/reports/new/")
    axe(phone)
    phone.locator("[name=text]").fill(TEXT)
    phone.locator("[name=channel][value=phone]").check()
    phone.locator(SEND).click()
    expect(phone.locator("#number")).to_have_text(re.compile(r"^\d{4}-0001-[A-Z]{4}$"))
    axe(phone)
    picture(phone, "slip-phone")


def test_move_that_lacks_its_words_opens_where_it_was(
    desktop: Page, sign_in: Callable[..., None], axe: Axe, picture: Picture
) -> None:
    cast = make_cast()
    report = bring_to(make_report(cast.committee), "in_hand", cast.station)
    sign_in(desktop, "station")
    desktop.goto(f"/station/reports/{report.pk}/")
    desktop.locator("summary", has_text="办结（已解决）").click()
    desktop.get_by_role("button", name="办结（已解决）", exact=True).click()
    expect(desktop.locator("details[open] .invalid-feedback")).to_be_visible()
    axe(desktop)
    picture(desktop, "report-move-error")
    desktop.goto(f"/station/reports/{report.pk}/edit/")
    axe(desktop)


def test_complaint_reaches_the_discipline_member_alone(
    page_at: Callable[..., Page], sign_in: Callable[..., None], axe: Axe
) -> None:
    make_cast()
    resident = page_at(**PHONE)
    resident.goto("/c/jia/report/")
    resident.locator("[name=text]").fill("窗口有人说话不耐烦。")
    resident.locator("[name=is_complaint]").check()
    resident.locator(SEND).click()
    expect(resident.locator("main")).to_contain_text("纪检委员")

    station, discipline = page_at(**PHONE), page_at(**PHONE)
    sign_in(station, "station")
    station.goto("/station/")
    expect(station.locator("main table")).to_have_count(0)
    sign_in(discipline, "discipline")
    discipline.goto("/station/complaints/")
    axe(discipline)
    discipline.locator("main table a").click()
    expect(discipline.locator(".told")).to_have_text("窗口有人说话不耐烦。")
    axe(discipline)


def test_about_page_is_accessible_on_a_phone(phone: Page, axe: Axe) -> None:
    make_cast()
    phone.goto("/c/jia/about/")
    expect(phone.locator("main")).to_contain_text("第一支部")
    axe(phone)
    phone.goto("/")
    axe(phone)
