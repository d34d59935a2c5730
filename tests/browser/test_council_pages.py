"""The council's pages with the demo's three topics: looked at on a desk and on a phone, with axe on each."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from council import demo
from council.models import Posting, Resolution, Topic
from members.models import Member
from service_station.actions import open_report, promote_reports
from tests.browser.conftest import DESKTOP, PHONE
from tests.cast import Cast, make_cast
from tests.factories.council import days_ago, make_holder
from tests.factories.organisation import make_branch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told() -> Cast:
    """A cast whose council is the demo's."""
    cast = make_cast()
    for index in range(24):
        make_holder(cast, post="书记" if index < 3 else "", origin="retired", in_hardship=index in (4, 5))
    for kind in ("in_service", "floating_in"):
        for _i in range(2):
            make_holder(cast).relations.update(kind=kind)

    def report_for(topic: Topic) -> None:
        report = open_report(
            committee=cast.committee,
            text="有居民在院落和公共绿地种植蔬菜。",
            channel="station",
            by=cast.station,
            day=date(topic.opened_on.year, 2, 18),
        )
        promote_reports(reports=[report], topic=topic, by=cast.station, day=topic.opened_on)

    demo.build_council(
        committee=cast.committee,
        branches=[cast.branch1, cast.branch2, make_branch(cast.committee)],
        members=Member.objects.filter(committee=cast.committee),
        on=timezone.localdate(),
        users={name: getattr(cast, name) for name in ("secretary", "deputy", "member", "station")},
        report_for=report_for,
    )
    return cast


@pytest.mark.parametrize(("size", "options"), [("desk", DESKTOP), ("phone", PHONE)])
def test_staff_pages_are_accessible(
    size: str,
    options: dict[str, object],
    told: Cast,
    page_at: Callable[..., Page],
    sign_in: Callable[..., None],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = page_at(**options)
    sign_in(page, "secretary")
    adopted = Topic.objects.get(title="电动自行车停到车棚里")
    told_case = Topic.objects.get(title="莫让社区变农庄")
    posting = Posting.objects.get(topic=adopted)
    sitting = told_case.sittings.get()
    for name, address in {
        "list": "/council/",
        "topic": f"/council/topics/{adopted.pk}/",
        "topic-closed": f"/council/topics/{told_case.pk}/",
        "compare": f"/council/topics/{told_case.pk}/plans/2/",
        "topic-new": "/council/topics/new/",
        "decision": f"/council/topics/{adopted.pk}/decision/",
        "sitting": f"/council/sittings/{sitting.pk}/",
        "seats": "/council/seats/",
        "opinions": "/council/opinions/",
        "opinions-enter": f"/council/postings/{posting.pk}/opinions/",
        "resolution": f"/council/resolutions/{Resolution.objects.get().pk}/",
    }.items():
        page.goto(address)
        picture(page, f"council-{name}-{size}")
        axe(page)


@pytest.mark.parametrize(("size", "options"), [("desk", DESKTOP), ("phone", PHONE)])
def test_public_pages_are_accessible(
    size: str,
    options: dict[str, object],
    told: Cast,
    page_at: Callable[..., Page],
    axe: Callable[[Page], None],
    picture: Callable[[Page, str], None],
) -> None:
    page = page_at(**options)
    resolution = Resolution.objects.get()
    posting = Posting.objects.get(topic__title="电动自行车停到车棚里")
    closed = Posting.objects.get(topic__title="莫让社区变农庄")
    assert closed.closes_on < days_ago(0)
    for name, address in {
        "resolutions": "resolutions/",
        "resolution": f"resolutions/{resolution.year}-{resolution.number}/",
        "garden": "garden/",
        "posting": f"garden/{posting.pk}/",
        "posting-closed": f"garden/{closed.pk}/",
        "notice": f"garden/{posting.pk}/notice/",
        "opinion": f"garden/{posting.pk}/opinion/",
    }.items():
        page.goto(f"/c/jia/{address}")
        picture(page, f"public-{name}-{size}")
        axe(page)
