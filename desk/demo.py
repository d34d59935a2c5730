"""The demo community: each room builds its own part, in the order of the house."""

from datetime import date

from django.db import transaction

from branches.demo import Organisation, build_organisation


@transaction.atomic
def build_demo(*, name: str, on: date, password: str) -> Organisation:
    """Build the whole demo as it stands on the day `on`; all or nothing."""
    return build_organisation(name=name, on=on, password=password)
