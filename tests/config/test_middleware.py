import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from config.middleware import BodyLimitMiddleware, ClientAddressMiddleware, LanguageMiddleware

COOKIE = "django_language"


def ask(middleware, path="/", cookies=None, **extra):
    request = RequestFactory().get(path, **extra)
    request.COOKIES.update(cookies or {})
    return middleware(lambda _request: HttpResponse(translation.get_language()))(request)


@pytest.mark.parametrize(
    ("path", "cookies", "spoken"),
    [
        ("/", {}, "zh-hans"),
        ("/?lang=en", {}, "en"),
        ("/", {COOKIE: "en"}, "en"),
        ("/?lang=zh-hans", {COOKIE: "en"}, "zh-hans"),
        ("/?lang=xx", {COOKIE: "en"}, "en"),
        ("/?lang=", {COOKIE: "../../etc"}, "zh-hans"),
    ],
)
def test_language_is_the_link_then_the_cookie_then_chinese(path, cookies, spoken):
    response = ask(LanguageMiddleware, path, cookies, HTTP_ACCEPT_LANGUAGE="fr, en")
    assert response.content.decode() == spoken
    assert response["Content-Language"] == spoken
    assert response["Vary"] == "Cookie"


def test_language_chosen_by_link_is_remembered():
    cookie = ask(LanguageMiddleware, "/?lang=en").cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")


@pytest.mark.parametrize(("path", "cookies"), [("/", {}), ("/?lang=xx", {}), ("/?lang=en", {COOKIE: "en"})])
def test_language_cookie_is_not_set_without_a_new_choice(path, cookies):
    assert COOKIE not in ask(LanguageMiddleware, path, cookies).cookies


@pytest.mark.parametrize(
    ("length", "status"),
    [("", 200), ("0", 200), ("10485760", 200), ("10485761", 413), ("-1", 400), ("12x", 400), ("１２", 400)],
)
def test_body_limit_by_announced_length(length, status):
    assert ask(BodyLimitMiddleware, CONTENT_LENGTH=length).status_code == status


def test_body_too_large_names_the_limit_in_both_languages():
    said = ask(BodyLimitMiddleware, CONTENT_LENGTH="99999999").content.decode()
    assert "每次最多可以提交 10 MB" in said
    assert "At most 10 MB can be sent at once" in said


@pytest.mark.parametrize(
    ("behind_proxy", "named", "expected"),
    [
        (True, "203.0.113.7", "203.0.113.7"),
        (True, "10.0.0.1, 203.0.113.8", "203.0.113.8"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.7", "127.0.0.1"),
    ],
)
def test_visitors_address_is_the_proxys_word_only_behind_one(settings, behind_proxy, named, expected):
    settings.BEHIND_PROXY = behind_proxy
    middleware = ClientAddressMiddleware(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))
    answer = middleware(RequestFactory().get("/", headers={"X-Forwarded-For": named} if named else {}))
    assert answer.content.decode() == expected
