from tests.access.table import Row, anybody, each
from tests.cast import Cast
from tests.factories.organisation import make_user


def a_user(cast: Cast) -> dict[str, int]:
    return {"pk": make_user("somebody", cast.committee).pk}


def other_user(cast: Cast) -> dict[str, int]:
    return {"pk": cast.other_secretary.pk}


#            secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
ADMIN_PAGE = each(403, 403, 403, 403, 403, 403, 403, 200, 403, 403)
ADMIN_MOVE = each(403, 403, 403, 403, 403, 403, 403, 302, 403, 403)
ADMIN_NOT_THIS = each(403, 403, 403, 403, 403, 403, 403, 404, 403, 403)
SIGNED_IN = each(200, 200, 200, 200, 200, 200, 200, 200, 200, 200)

TABLE = [
    Row("accounts:login", each(302, 302, 302, 302, 302, 302, 302, 302, 302, 302), anonymous=200),
    anybody("accounts:logout", 302, method="post"),
    Row("accounts:password_change", SIGNED_IN),
    Row("accounts:users", ADMIN_PAGE),
    Row("accounts:user_create", ADMIN_PAGE),
    Row("accounts:user_edit", ADMIN_PAGE, a_user),
    Row("accounts:user_edit", ADMIN_NOT_THIS, other_user),
    Row("accounts:user_disable", ADMIN_MOVE, a_user, method="post"),
    Row("accounts:user_disable", ADMIN_NOT_THIS, other_user, method="post"),
    Row("accounts:user_enable", ADMIN_MOVE, a_user, method="post"),
    Row("accounts:user_enable", ADMIN_NOT_THIS, other_user, method="post"),
    Row("accounts:user_reset", ADMIN_PAGE, a_user, method="post"),
    Row("accounts:user_reset", ADMIN_NOT_THIS, other_user, method="post"),
    Row("accounts:user_unlock", ADMIN_MOVE, a_user, method="post"),
    Row("accounts:user_unlock", ADMIN_NOT_THIS, other_user, method="post"),
]
