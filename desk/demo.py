"""The demo community: each room builds its own part, in the order of the house."""

from datetime import date
from functools import partial

from django.db import transaction

from branches.demo import Organisation, build_organisation
from council.demo import build_council
from members.demo import Officer, build_register
from members.models import Member
from service_station.demo import build_station, vegetable_report
from visits.demo import build_visits

OFFICERS = [
    ("secretary", "党委书记", Member.Sex.MALE),
    ("deputy", "党委副书记", Member.Sex.FEMALE),
    ("member", "党委委员", Member.Sex.MALE),
]


@transaction.atomic
def build_demo(*, name: str, on: date, password: str) -> Organisation:
    """Build the whole demo as it stands on the day `on`; all or nothing."""
    organisation = build_organisation(name=name, on=on, password=password)
    committee, branches, users = organisation.committee, organisation.branches, organisation.users
    officers = [Officer(post, users[name].full_name, sex) for name, post, sex in OFFICERS]
    build_register(committee=committee, branches=branches, on=on, by=users["secretary"], officers=officers)
    members = Member.objects.filter(committee=committee)
    report_for = partial(vegetable_report, by=users["station"])
    topics = build_council(
        committee=committee, branches=branches, members=members, on=on, users=users, report_for=report_for
    )
    build_station(committee=committee, branches=branches, on=on, users=users, topic=topics[-1])
    build_visits(committee=committee, branches=branches, members=members, on=on, users=users)
    return organisation
