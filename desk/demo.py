"""The demo community: each room builds its own part, in the order of the house."""

from datetime import date
from functools import partial

from django.db import transaction

from branches.demo import Organisation, build_organisation
from council.demo import build_council
from members.demo import build_register
from members.models import Member
from service_station.demo import build_station, vegetable_report
from visits.demo import build_visits


@transaction.atomic
def build_demo(*, name: str, on: date, password: str) -> Organisation:
    """Build the whole demo as it stands on the day `on`; all or nothing."""
    organisation = build_organisation(name=name, on=on, password=password)
    committee, branches, users = organisation.committee, organisation.branches, organisation.users
    build_register(committee=committee, branches=branches, on=on, by=users["secretary"])
    members = Member.objects.filter(committee=committee)
    report_for = partial(vegetable_report, by=users["station"])
    topics = build_council(
        committee=committee, branches=branches, members=members, on=on, users=users, report_for=report_for
    )
    build_station(committee=committee, branches=branches, on=on, users=users, topic=topics[-1])
    build_visits(committee=committee, branches=branches, members=members, on=on, users=users)
    return organisation
