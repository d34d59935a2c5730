from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from config.retention import AUDIT_DAYS
from journal.actions import HIDDEN, record
from journal.models import Audit
from journal.tasks import erase_expired_audit
from members.models import Member
from tests.cast import Cast


def test_record_keeps_names_not_keys(cast: Cast) -> None:
    row = record(action="Branch amended", by=cast.secretary, obj=cast.branch1, changes={"name": ["一", "二"]})
    row.refresh_from_db()
    assert (row.user_name, row.object_type, row.object_label) == ("secretary同志", "branches.branch", "第一支部")
    assert (row.committee_id, row.changes) == (cast.committee.pk, {"name": ["一", "二"]})


def test_record_hides_encrypted_values(cast: Cast) -> None:
    member = Member(pk=1, committee=cast.committee, branch=cast.branch1, name="张三")
    row = record(
        action="x", by=cast.secretary, obj=member, changes={"phone": ["13800000000", ""], "post": ["", "组长"]}
    )
    assert row.changes == {"phone": HIDDEN, "post": ["", "组长"]}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_audit SET action = 'other'",
        "DELETE FROM journal_audit",
        "TRUNCATE journal_audit",
    ],
)
def test_audit_row_cannot_be_changed(sql: str, cast: Cast) -> None:
    row = record(action="x", by=cast.secretary)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Audit.objects.filter(pk=row.pk, action="x").exists()


def test_audit_row_is_erased_after_its_retention_only(cast: Cast) -> None:
    now = timezone.now()
    old = Audit.objects.create(action="old", at=now - timedelta(days=AUDIT_DAYS + 2))
    young = Audit.objects.create(action="young", at=now - timedelta(days=AUDIT_DAYS - 1))
    erase_expired_audit()
    assert list(Audit.objects.filter(pk__in=[old.pk, young.pk])) == [young]


def test_audit_is_seen_by_those_who_watch_their_own_committee(cast: Cast) -> None:
    record(action="ours", by=cast.secretary)
    record(action="theirs", by=cast.other_secretary)
    assert [row.action for row in Audit.objects.visible_to(cast.auditor)] == ["ours"]
    assert [row.action for row in Audit.objects.visible_to(cast.secretary)] == []


def test_audit_page_says_what_was_done_in_the_readers_language(cast: Cast) -> None:
    record(action="Saved.", by=cast.secretary)
    client = Client()
    client.force_login(cast.auditor)
    page = client.get("/accounts/audit/").content.decode()
    assert "已保存。" in page
    assert str(cast.secretary) in page


@pytest.mark.parametrize("query", ["since=nonsense", "until=2026-02-30", "since=0001-01-01"])
def test_audit_page_explains_a_wrong_day(query: str, cast: Cast, signed_in: Callable[[User], Client]) -> None:
    page = signed_in(cast.auditor).get(f"/accounts/audit/?{query}")
    assert (page.status_code, list(page.context["page"])) == (400, [])
    assert list(page.context["filter"].form.errors) == [query.split("=")[0]]
