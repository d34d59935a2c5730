from datetime import date

from members.actions import record_transfer_out, start_absence
from tests.access.table import Row, each
from tests.cast import Cast
from tests.factories.members import make_member


def of_branch1(cast: Cast) -> dict[str, int]:
    return {"pk": make_member(cast.branch1).pk}


def of_other_committee(cast: Cast) -> dict[str, int]:
    return {"pk": make_member(cast.other_branch).pk}


def who_left_branch1(cast: Cast) -> dict[str, int]:
    member = make_member(cast.branch1)
    record_transfer_out(member=member, day=date(2024, 1, 1), by=cast.secretary)
    return {"pk": member.pk}


def absence_of_branch1(cast: Cast) -> dict[str, int]:
    member = make_member(cast.branch1)
    return {"pk": start_absence(member=member, since=date(2024, 1, 1), destination="上海市", by=cast.secretary).pk}


def absence_of_other_committee(cast: Cast) -> dict[str, int]:
    member = make_member(cast.other_branch)
    return {"pk": start_absence(member=member, since=date(2024, 1, 1), destination="上海市", by=None).pk}


#                  secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
LIST = each(200, 200, 200, 200, 200, 403, 403, 403, 403, 403)
ONE = each(200, 200, 200, 200, 404, 403, 403, 403, 403, 403)
NOT_THIS = each(404, 404, 404, 404, 404, 403, 403, 403, 403, 403)
REVEAL = each(200, 200, 403, 200, 404, 403, 403, 403, 403, 403)
REVEAL_NOT_THIS = each(404, 404, 403, 404, 404, 403, 403, 403, 403, 403)

TABLE = [
    Row("members:list", LIST),
    Row("members:statistics", LIST),
    Row("members:create", LIST),
    Row("members:detail", ONE, of_branch1),
    Row("members:detail", ONE, who_left_branch1),
    Row("members:detail", NOT_THIS, of_other_committee),
    Row("members:edit", ONE, of_branch1),
    Row("members:edit", NOT_THIS, of_other_committee),
    Row("members:reveal", REVEAL, of_branch1, method="post"),
    Row("members:reveal", REVEAL_NOT_THIS, of_other_committee, method="post"),
    Row("members:transfer_in", ONE, who_left_branch1),
    Row("members:transfer_in", NOT_THIS, of_other_committee),
    Row("members:transfer_out", ONE, of_branch1),
    Row("members:transfer_out", NOT_THIS, of_other_committee),
    Row("members:move", ONE, of_branch1),
    Row("members:move", NOT_THIS, of_other_committee),
    Row("members:absence_start", ONE, of_branch1),
    Row("members:absence_start", NOT_THIS, of_other_committee),
    Row("members:absence_end", ONE, absence_of_branch1),
    Row("members:absence_end", NOT_THIS, absence_of_other_committee),
]
