"""The demo community: each room builds its own part, in the order of the house."""

from datetime import date

from django.db import transaction

from branches.demo import Organisation, build_organisation
from members.demo import build_register


@transaction.atomic
def build_demo(*, name: str, on: date, password: str) -> Organisation:
    """Build the whole demo as it stands on the day `on`; all or nothing."""
    organisation = build_organisation(name=name, on=on, password=password)
    committee, branches, users = organisation.committee, organisation.branches, organisation.users
    build_register(committee=committee, branches=branches, on=on, by=users["secretary"])
    return organisation
