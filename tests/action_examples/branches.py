from datetime import date

from branches import actions
from branches.models import Branch, Group
from config.permissions import Role

MODULES = ["branches.actions"]
DAY = date(2026, 1, 5)

EXAMPLES = {
    "create_committee": lambda cast: actions.create_committee(name="丙社区党委", slug="bing", by=cast.sysadmin),
    "amend_committee": lambda cast: actions.amend_committee(committee=cast.committee, by=cast.secretary),
    "create_branch": lambda cast: actions.create_branch(
        branch=Branch(committee=cast.committee, name="第六支部", position=6), by=cast.secretary
    ),
    "amend_branch": lambda cast: actions.amend_branch(branch=cast.branch1, by=cast.secretary),
    "create_group": lambda cast: actions.create_group(group=Group(branch=cast.branch1, name="1幢"), by=cast.secretary),
    "give_role": lambda cast: actions.give_role(
        user=cast.nobody, role=Role.STATION, committee=cast.committee, since=DAY, by=cast.sysadmin
    ),
    "end_role": lambda cast: actions.end_role(grant=cast.deputy.grants.get(), until=DAY, by=cast.sysadmin),
}
