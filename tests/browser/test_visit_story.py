"""At 390 px: the branch secretary gets a notice, logs the overdue visit, and the need stands at the station."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from service_station.models import Report
from tests.browser.conftest import DESKTOP, PHONE
from tests.cast import Cast, make_cast
from tests.factories.members import make_member
from tests.factories.visits import make_duty, make_visit
from visits.actions import record_death, set_discharged
from visits.models import Duty, Kind, Visit
from visits.sweep import sweep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


def overdue_duty(cast: Cast) -> Duty:
    """Known half a month ago, so that its two working days are over on any day of the year."""
    born: dict[str, Any] = {"birth_date": date(1950, 3, 3), "joined_on": date(1975, 7, 1)}
    member = make_member(cast.branch1, name="李秀兰", phone="13800008000", **born)
    return make_duty(member, by=cast.branch1_secretary, known_on=days_ago(15), reason="周五手术")


def more_work(cast: Cast) -> None:
    """A discharge due today, a family to see, a talk done this week."""
    by = cast.branch1_secretary
    home = make_duty(make_member(cast.branch1, name="孙德明"), by=by, known_on=days_ago(16))
    make_visit(home, by=by, visited_on=days_ago(15))
    set_discharged(occasion=home.occasion, discharged_on=days_ago(7), by=by)
    talk = make_duty(make_member(cast.branch1, name="吴桂芳"), by=by, kind=Kind.TALK, known_on=days_ago(0))
    make_visit(talk, by=by, visited_on=days_ago(0), situation="聊了聊近况。")
    dead = make_member(cast.branch1, name="陈志远")
    record_death(member=dead, died_on=days_ago(0), known_on=days_ago(0), told_by="family", by=by)


def choose(page: Page, label: str) -> None:
    """Tap one of the large buttons."""
    page.get_by_role("radio", name=label, exact=True).check()


def test_branch_secretary_logs_the_overdue_visit(
    settings: Any,
    page_at: Callable[..., Page],
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    settings.WAKING_HOURS = ("00:00", "23:59:59")
    cast = make_cast()
    duty = overdue_duty(cast)
    sweep()
    phone = page_at(**PHONE)
    sign_in(phone, "branch1_secretary")
    phone.goto("/notices/")
    expect(phone.locator("main")).to_contain_text("已逾期：走访李秀兰（生病住院）")
    phone.get_by_role("button", name="查看").click()
    expect(phone).to_have_url(re.compile(f"/visits/duties/{duty.pk}/log/$"))
    expect(phone.locator("main")).to_contain_text("+2 个工作日")
    expect(phone.get_by_label("什么帮助")).to_be_hidden()
    choose(phone, "需要，转服务站")
    phone.get_by_label("情况").fill("精神较好，周五手术，老伴一人在家，买菜不便。")
    phone.get_by_label("什么帮助").fill("每两天送一次菜")
    phone.get_by_label("谁来办").fill("服务站 小周")
    axe(phone)
    picture(phone, "visit-log-phone")
    phone.get_by_role("button", name="保存").click()
    expect(phone.locator("main")).to_contain_text("已保存，所需帮助已转服务站。")
    visit, report = Visit.objects.get(), Report.objects.get()
    assert (visit.duty, visit.visited_on, visit.how) == (duty, timezone.localdate(), Visit.How.HOSPITAL)
    assert (visit.report, report.text) == (report, "每两天送一次菜（服务站 小周）")
    station = page_at(**DESKTOP)
    sign_in(station, "station")
    station.goto("/notices/")
    expect(station.locator("main")).to_contain_text(str(report))
    expect(station.locator("main")).not_to_contain_text("李秀兰")


PAGES = [
    ("list", "/visits/"),
    ("week", "/visits/?show=done"),
    ("all", "/visits/?show=all"),
    ("new", "/visits/new/"),
    ("family", "/visits/new/family/"),
    ("death", "/visits/deaths/new/"),
    ("behalf", "/visits/on-behalf/?q=秀兰"),
]


@pytest.mark.parametrize(("size", "options"), [("phone", PHONE), ("desktop", DESKTOP)])
def test_pages_are_accessible(
    page_at: Callable[..., Page],
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
    size: str,
    options: dict[str, Any],
) -> None:
    cast = make_cast()
    duty = overdue_duty(cast)
    more_work(cast)
    page = page_at(**options)
    sign_in(page, "branch1_secretary")
    detail, log = f"/visits/occasions/{duty.occasion_id}/", f"/visits/duties/{duty.pk}/log/"
    behalf = f"/visits/on-behalf/{duty.occasion.member_id}/"
    for name, url in [*PAGES, ("detail", detail), ("log", log), ("behalf-form", behalf)]:
        page.goto(url)
        axe(page)
        picture(page, f"visits-{name}-{size}")
    page.goto(log)
    choose(page, "选日期")
    choose(page, "未能见到")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#error-summary")).to_contain_text("请选择走访的日期。")
    axe(page)
    picture(page, f"visits-log-errors-{size}")
    page.goto(detail)
    page.get_by_role("button", name="查看缘由与记录").click()
    expect(page.locator("#notes")).to_contain_text("周五手术")
    axe(page)
    picture(page, f"visits-notes-{size}")
    page.goto("/visits/")
    page.get_by_role("button", name="打电话").first.click()
    expect(page.locator("main")).to_contain_text("您查看这个号码已被记录。")
    axe(page)
    picture(page, f"visits-call-{size}")
