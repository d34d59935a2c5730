"""A first look through a real browser: sign-in on a phone and at a desk."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_sign_in_page_is_accessible_on_a_phone(
    phone: Page, axe: Callable[[Page], None], picture: Callable[[Page, str], None]
) -> None:
    phone.goto("/accounts/login/")
    expect(phone.locator("h1")).to_have_text("登录")
    axe(phone)
    picture(phone, "sign-in-phone")


def test_wrong_password_keeps_the_name_and_says_so(desktop: Page, axe: Callable[[Page], None]) -> None:
    make_cast()
    desktop.goto("/accounts/login/")
    desktop.locator("[name=username]").fill("secretary")
    desktop.locator("[name=password]").fill("not the password")
    desktop.locator("[name=password]").press("Enter")
    expect(desktop.locator("[name=username]")).to_have_value("secretary")
    expect(desktop.locator("[name=username]")).to_be_visible()
    axe(desktop)


def test_sign_in_leads_to_the_desk(
    desktop: Page, sign_in: Callable[..., None], picture: Callable[[Page, str], None]
) -> None:
    make_cast()
    assert not User.objects.get(username="secretary").must_change_password
    sign_in(desktop, "secretary")
    expect(desktop).to_have_url(re.compile("/desk/$"))
    picture(desktop, "desk")
