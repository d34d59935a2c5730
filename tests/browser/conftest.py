"""Chromium in front of a live server. A page fails its test on any script error, console error or answer of 500.

CHROMIUM names another binary; SCREENSHOTS=folder keeps what `picture()` takes.
"""

import os
import re
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.factories.organisation import PASSWORD

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
EXPECTED_ANSWERS = re.compile(r"status of 4\d\d")  # Chromium logs refusals, which a journey may provoke

Faults = list[str]


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own loop is no reason to refuse the database
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or CHROMIUM, args=ARGUMENTS.split(), headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser: Browser, live_server: LiveServer) -> Generator[Callable[..., Page]]:
    """Open pages of any kind: `page_at(**PHONE, locale="en")`. Their faults are asserted at the end of the test."""
    faults: Faults = []
    contexts = []

    def open_page(locale: str = "zh-CN", **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, locale=locale, **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        _watch(page, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def phone(page_at: Callable[..., Page]) -> Page:
    return page_at(**PHONE)


@pytest.fixture
def desktop(page_at: Callable[..., Page]) -> Page:
    return page_at(**DESKTOP)


@pytest.fixture
def sign_in() -> Callable[..., None]:
    """Sign in through the form, as people do."""

    def through_the_form(page: Page, username: str, password: str = PASSWORD) -> None:
        page.goto("/accounts/login/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(password)
        page.locator("[name=password]").press("Enter")
        expect(page).not_to_have_url(re.compile("/accounts/login/"))

    return through_the_form


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """No violation of the accessibility rules on the page, and nothing that makes it scroll sideways."""

    def check(page: Page) -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{page.url} scrolls sideways"
        )

    return check


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of the whole page as SCREENSHOTS/name.png, where SCREENSHOTS is set."""

    def take(page: Page, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return take


def _watch(page: Page, faults: Faults) -> None:
    page.on("pageerror", lambda error: faults.append(f"script error at {page.url}: {error}"))
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    page.on("console", lambda message: _note_console(message.type, message.text, page.url, faults))


def _note_console(kind: str, text: str, url: str, faults: Faults) -> None:
    if kind == "error" and not EXPECTED_ANSWERS.search(text):
        faults.append(f"console at {url}: {text}")
