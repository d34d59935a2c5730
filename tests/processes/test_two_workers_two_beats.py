"""Two workers and two beats on a real Valkey, one worker killed in between: no notice twice, no message lost."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from config.permissions import Role
from config.processes import die_with_parent
from journal.delivery import STALE_CLAIM
from journal.models import Delivery, JobRun, Notice
from tests.factories.organisation import make_branch, make_committee, make_grant, make_user
from tests.factories.visits import bare_duty, bare_occasion
from tests.plugins.receiver import Receiver
from tests.processes.house import ROOT, wait_until
from visits.models import Duty

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
BRANCHES, DUTIES_EACH = 10, 4
KILLED_SENDERS = 1  # one worker with one thread


def database_url() -> str:
    """The test's own database, for processes that are no tests."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user, name, host = settings["USER"], settings["NAME"], settings["HOST"]
    password = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    if host.startswith("/") or not host:
        return f"postgres://{user}{password}@/{name}?host={settings['OPTIONS'].get('host', host)}"
    return f"postgres://{user}{password}@{host}:{settings['PORT'] or 5432}/{name}"


def make_duties() -> set[int]:
    """Half of them due today, half due yesterday, in branches with a secretary each."""
    committee, today = make_committee(), timezone.localdate()
    pks = set()
    for number in range(BRANCHES):
        branch, secretary = make_branch(committee), make_user(f"branch{number}", committee)
        make_grant(secretary, Role.BRANCH_SECRETARY, committee, branch)
        for due in range(DUTIES_EACH):
            occasion = bare_occasion(branch, secretary)
            pks.add(bare_duty(occasion, due_on=today - timedelta(days=due % 2)).pk)
    return pks


@contextmanager
def running(folder: Path, valkey: str, receiver: Receiver) -> Generator[dict[str, subprocess.Popen[bytes]]]:
    """Two workers and two beats, each in a process group of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.processes.awake",
        "DATABASE_URL": database_url(),
        "REDIS_URL": valkey,
        "NOTIFY_URLS": receiver.url,
        "HTTPS": "0",
    }
    celery = [sys.executable, "-m", "celery", "-A", "tests.processes.quick"]
    children = {}
    for number in (1, 2):
        worker = [*celery, "worker", "-P", "threads", "--concurrency", "1", "-n", f"worker{number}@test"]
        beat = [*celery, "beat", "--pidfile=", "-s", str(folder / f"beat{number}")]
        for name, command in ((f"worker{number}", worker), (f"beat{number}", beat)):
            with (folder / f"{name}.log").open("wb") as log:
                children[name] = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=die_with_parent,
                )
    try:
        yield children
    finally:
        for child in children.values():
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
            child.wait(timeout=10)


def all_settled() -> bool:
    """Nothing waits any more; what the killed worker had claimed may still be marked as being sent."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).exists()
    sending = Delivery.objects.filter(state=Delivery.State.SENDING).count()
    return Delivery.objects.exists() and not waiting and sending <= KILLED_SENDERS


def test_no_notice_twice_and_no_message_lost(
    tmp_path: Path, valkey: str, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    duties = make_duties()
    with running(tmp_path, valkey, receiver) as children:
        wait_until(lambda: len(receiver.calls) >= 3)
        os.killpg(children["worker1"].pid, signal.SIGKILL)
        wait_until(all_settled)
        # Five minutes later another sender may take what the dead one had claimed.
        Delivery.objects.filter(state=Delivery.State.SENDING).update(claimed_at=timezone.now() - STALE_CLAIM)
        wait_until(lambda: not Delivery.objects.exclude(state=Delivery.State.SENT).exists())
        begun = timezone.now()
        wait_until(lambda: JobRun.objects.filter(name="visits.sweep", good_at__gt=begun).exists())
        assert [name for name, child in children.items() if child.poll() is not None] == ["worker1"]
    rows = Counter(Notice.objects.values_list("object_id", flat=True))
    arrived = Counter(call.message_id for call in receiver.calls)
    sent = {str(delivery.message_id) for delivery in Delivery.objects.all()}
    lost, doubled = len(sent - set(arrived)), arrived.total() - len(arrived)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{connection.vendor}: {len(duties)} duties, {rows.total()} inbox rows, {len(sent)} messages, "
            f"{arrived.total()} arrivals, lost {lost}, doubled {doubled}, senders killed {KILLED_SENDERS}\n"
        )
    assert rows == dict.fromkeys(duties, 1)
    assert (len(sent), lost) == (BRANCHES * 2, 0)
    assert doubled <= KILLED_SENDERS
    assert set(arrived) == sent
    assert Duty.objects.open().count() == len(duties)
