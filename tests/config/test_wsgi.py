"""What the web server is handed."""

from collections.abc import Iterable
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from config.wsgi import application


@pytest.mark.django_db
def test_web_server_gets_the_house() -> None:
    environment: WSGIEnvironment = {"PATH_INFO": "/council/", "HTTP_HOST": "localhost"}
    setup_testing_defaults(environment)
    answers: list[tuple[str, dict[str, str]]] = []

    def start_response(status: str, headers: Iterable[tuple[str, str]], *args: object) -> None:
        answers.append((status, dict(headers)))

    application(environment, start_response)  # type: ignore[arg-type]
    ((status, headers),) = answers
    assert (status, headers["Location"]) == ("302 Found", "/accounts/login/?next=/council/")
