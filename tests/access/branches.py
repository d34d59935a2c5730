from tests.access.table import Row, each
from tests.cast import Cast


def branch(cast: Cast) -> dict[str, int]:
    return {"pk": cast.branch1.pk}


def other_branch(cast: Cast) -> dict[str, int]:
    return {"pk": cast.other_branch.pk}


def grant(cast: Cast) -> dict[str, int]:
    return {"pk": cast.deputy.grants.get().pk}


def other_grant(cast: Cast) -> dict[str, int]:
    return {"pk": cast.other_secretary.grants.get().pk}


#               secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
EVERY_ROLE = each(200, 200, 200, 200, 200, 200, 200, 200, 200, 403)
CHANGERS = each(200, 200, 403, 403, 403, 403, 403, 403, 403, 403)
CHANGERS_NOT_THIS = each(404, 404, 403, 403, 403, 403, 403, 403, 403, 403)
ADMIN = each(403, 403, 403, 403, 403, 403, 403, 200, 403, 403)
ADMIN_NOT_THIS = each(403, 403, 403, 403, 403, 403, 403, 404, 403, 403)

TABLE = [
    Row("branches:list", EVERY_ROLE),
    Row("branches:branch_create", CHANGERS),
    Row("branches:branch_edit", CHANGERS, branch),
    Row("branches:branch_edit", CHANGERS_NOT_THIS, other_branch),
    Row("branches:group_create", CHANGERS, branch),
    Row("branches:group_create", CHANGERS_NOT_THIS, other_branch),
    Row("branches:committee_edit", CHANGERS),
    Row("branches:choose", each(302, 302, 302, 302, 302, 302, 302, 302, 302, 403), method="post"),
    Row("branches:grants", ADMIN),
    Row("branches:grant_create", ADMIN),
    Row("branches:grant_end", ADMIN, grant),
    Row("branches:grant_end", ADMIN_NOT_THIS, other_grant),
]
