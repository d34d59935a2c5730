"""What tests ask of a page: its words, and how many questions it asks the database."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User

SignIn = Callable[[User], Client]


def words(client: Client, url: str, **data: Any) -> str:
    return " ".join(client.get(url, data).content.decode().split())


def queries(client: Client, url: str) -> int:
    client.get(url)  # the first page of a session writes when it was seen
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
