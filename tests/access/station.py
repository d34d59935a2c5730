from tests.access.table import Row, anybody, each
from tests.cast import Cast
from tests.factories.service_station import make_report


def slug(cast: Cast) -> dict[str, str]:
    return {"slug": cast.committee.slug}


def of_branch1(cast: Cast) -> dict[str, int]:
    return {"pk": make_report(cast.committee, branch=cast.branch1).pk}


def without_branch(cast: Cast) -> dict[str, int]:
    return {"pk": make_report(cast.committee).pk}


def elsewhere(cast: Cast) -> dict[str, int]:
    return {"pk": make_report(cast.other_committee, branch=cast.other_branch).pk}


def complaint(cast: Cast) -> dict[str, int]:
    return {"pk": make_report(cast.committee, branch=cast.branch1, is_complaint=True).pk}


def complaint_elsewhere(cast: Cast) -> dict[str, int]:
    return {"pk": make_report(cast.other_committee, is_complaint=True).pk}


def take(cast: Cast) -> dict[str, object]:
    return of_branch1(cast) | {"name": "take"}


def take_complaint(cast: Cast) -> dict[str, object]:
    return complaint(cast) | {"name": "take"}


#               secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
HANDLERS = each(200, 200, 403, 200, 200, 200, 403, 403, 403, 403)
HANDLERS_OF_1 = each(200, 200, 403, 200, 404, 200, 403, 403, 403, 403)
HANDLERS_OF_ALL = each(200, 200, 403, 404, 404, 200, 403, 403, 403, 403)
NOT_THIS = each(404, 404, 403, 404, 404, 404, 403, 403, 403, 403)
MOVERS_OF_1 = each(302, 302, 403, 302, 404, 302, 403, 403, 403, 403)
PROMOTERS = each(200, 200, 403, 403, 403, 200, 403, 403, 403, 403)
PROMOTERS_NOT_THIS = each(404, 404, 403, 403, 403, 404, 403, 403, 403, 403)
DISCIPLINE = each(403, 403, 403, 403, 403, 403, 200, 403, 403, 403)
DISCIPLINE_MOVES = each(403, 403, 403, 403, 403, 403, 302, 403, 403, 403)
DISCIPLINE_NOT_THIS = each(403, 403, 403, 403, 403, 403, 404, 403, 403, 403)

TABLE = [
    Row("station:list", HANDLERS),
    Row("station:report_create", HANDLERS),
    Row("station:report_detail", HANDLERS_OF_1, of_branch1),
    Row("station:report_detail", HANDLERS_OF_ALL, without_branch),
    Row("station:report_detail", NOT_THIS, elsewhere),
    Row("station:report_detail", NOT_THIS, complaint),
    Row("station:report_slip", HANDLERS_OF_1, of_branch1),
    Row("station:report_slip", NOT_THIS, complaint),
    Row("station:report_edit", HANDLERS_OF_1, of_branch1),
    Row("station:report_edit", NOT_THIS, complaint),
    Row("station:report_reveal", HANDLERS_OF_1, of_branch1, method="post"),
    Row("station:report_reveal", NOT_THIS, complaint, method="post"),
    Row("station:report_note", HANDLERS_OF_1, of_branch1, method="post"),
    Row("station:report_note", NOT_THIS, complaint, method="post"),
    Row("station:report_move", MOVERS_OF_1, take, method="post"),
    Row("station:report_move", NOT_THIS, take_complaint, method="post"),
    Row("station:report_promote", PROMOTERS, of_branch1),
    Row("station:report_promote", PROMOTERS_NOT_THIS, elsewhere),
    Row("station:report_promote", PROMOTERS_NOT_THIS, complaint),
    Row("station:complaints", DISCIPLINE),
    Row("station:complaint_detail", DISCIPLINE, complaint),
    Row("station:complaint_detail", DISCIPLINE_NOT_THIS, complaint_elsewhere),
    Row("station:complaint_detail", DISCIPLINE_NOT_THIS, of_branch1),
    Row("station:complaint_edit", DISCIPLINE, complaint),
    Row("station:complaint_reveal", DISCIPLINE, complaint, method="post"),
    Row("station:complaint_note", DISCIPLINE, complaint, method="post"),
    Row("station:complaint_move", DISCIPLINE_MOVES, take_complaint, method="post"),
    anybody("station:public_report", 200, slug),
    anybody("station:public_received", 200, slug),
    anybody("station:public_lookup", 200, slug),
]
