from types import SimpleNamespace

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import RequestFactory
from django.utils import translation

from config import errors


@pytest.fixture
def request_of_committee():
    request = RequestFactory().get("/")
    setattr(request, "committee", SimpleNamespace(name="党委", phone="025-0000 0000"))  # noqa: B010
    return request


@pytest.mark.parametrize(
    ("answer", "status", "chinese", "english"),
    [
        (
            lambda r: errors.bad_request(r, SuspiciousOperation()),
            400,
            "无法识别这次请求",
            "The request could not be read",
        ),
        (
            lambda r: errors.bad_request(r, RequestDataTooBig()),
            413,
            "提交的内容太大",
            "What was sent is too large",
        ),
        (lambda r: errors.permission_denied(r, Exception()), 403, "您没有权限打开此页", "This is not open to you"),
        (lambda r: errors.page_not_found(r, Exception()), 404, "没有找到这个页面", "This page is not here"),
        (lambda r: errors.csrf_failure(r), 403, "表单已失效", "This form is too old to be sent"),
        (lambda r: errors.server_error(r), 500, "系统出现故障", "Something broke on our side"),
    ],
)
def test_error_page_says_it_in_both_languages(request_of_committee, answer, status, chinese, english):
    response = answer(request_of_committee)
    said = response.content.decode()
    assert response.status_code == status
    assert chinese in said
    assert english in said


def test_error_page_names_the_phone_of_a_known_committee(request_of_committee):
    assert '请拨打 <a href="tel:025-0000 0000">' in errors.page_not_found(request_of_committee).content.decode()
    assert "请拨打" not in errors.page_not_found(RequestFactory().get("/")).content.decode()


def test_error_for_htmx_is_a_message_for_the_page_it_stands_on():
    with translation.override("zh-hans"):
        response = errors.page_not_found(RequestFactory().get("/", headers={"HX-Request": "true"}))
    assert response.status_code == 404
    assert response["HX-Retarget"] == "#messages"
    assert response.content.decode().startswith('<div class="alert alert-danger" role="alert">')
