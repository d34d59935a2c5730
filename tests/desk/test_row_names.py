"""Every row can be named in a list, a log or an error: nothing calls itself "object (1)"."""

from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model

from branches.models import BranchLink, PartnerUnit
from council.models import DueChange, Measure
from desk.demo import build_demo
from journal.models import Delivery, JobRun, Number
from tests.cast import Cast

ON = date(2026, 10, 7)


@pytest.mark.django_db
def test_every_row_of_the_demo_has_a_name() -> None:
    with time_machine.travel(f"{ON} 09:00+08:00", tick=False):
        build_demo(name="莫愁新寓社区党委", on=ON, password="demo password 1")
    rows = [model._default_manager.first() for model in apps.get_models() if is_ours(model)]
    named = {type(row).__name__: str(row) for row in rows if row is not None}
    assert len(named) >= 25
    assert {name: text for name, text in named.items() if not text.strip() or " object (" in text} == {}


def is_ours(model: type[Model]) -> bool:
    return model._meta.app_label in {"accounts", "branches", "members", "council", "visits", "journal", "station"} or (
        model.__module__.split(".")[0] == "service_station"
    )


def test_rows_the_demo_has_none_of_are_named(cast: Cast) -> None:
    link = BranchLink.objects.get(branch=cast.branch1)
    assert str(link) == f"{cast.member} – {cast.branch1}"
    assert str(PartnerUnit(name="城区小学党支部")) == "城区小学党支部"
    assert str(JobRun(name="sweep")) == "sweep"
    assert str(Number(use="report", year=2026, last=7)) == "report 2026: 7"
    assert str(DueChange(measure=Measure(what="补种草坪"), old_due=ON)) == "补种草坪 2026-10-07"
    assert str(Delivery(text="Saved.", params={})) == "已保存。"
