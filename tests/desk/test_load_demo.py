from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from branches.models import Committee
from tests.cast import Cast


@pytest.mark.django_db
def test_demo_is_loaded_once() -> None:
    output = StringIO()
    call_command("load_demo", password="demo password 1", on="2026-11-24", stdout=output)
    committee = Committee.objects.get()
    assert (committee.name, committee.is_demo, committee.branches.count()) == ("莫愁新寓社区党委", True, 5)
    user = User.objects.get(username="branch3")
    assert user.check_password("demo password 1")
    assert not user.must_change_password
    again = StringIO()
    call_command("load_demo", stdout=again)
    assert "nothing was changed" in again.getvalue()
    assert Committee.objects.count() == 1


@pytest.mark.django_db
def test_demo_may_carry_another_name() -> None:
    call_command("load_demo", name="柳园社区党委", on="2026-11-24", verbosity=0)
    committee = Committee.objects.get()
    assert (committee.name, committee.short_name, committee.document_word) == ("柳园社区党委", "柳园", "柳党议")


def test_demo_is_refused_beside_a_real_committee(cast: Cast) -> None:
    with pytest.raises(CommandError, match="real committee"):
        call_command("load_demo")


@pytest.mark.django_db
def test_demo_refuses_what_is_no_day() -> None:
    with pytest.raises(CommandError, match="2026-02-30"):
        call_command("load_demo", on="2026-02-30")
    assert not Committee.objects.exists()
