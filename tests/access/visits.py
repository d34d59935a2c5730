from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.access.table import Row, each
from tests.cast import Cast
from tests.factories.members import make_member
from tests.factories.visits import make_duty
from visits.models import Duty


def new_duty(cast: Cast) -> Duty:
    return make_duty(make_member(cast.branch1), by=cast.branch1_secretary, known_on=yesterday())


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def duty(cast: Cast) -> dict[str, Any]:
    return {"pk": new_duty(cast).pk}


def duty_in_branch2(cast: Cast) -> dict[str, Any]:
    return {"pk": make_duty(make_member(cast.branch2), by=cast.branch2_secretary, known_on=yesterday()).pk}


def duty_elsewhere(cast: Cast) -> dict[str, Any]:
    return {"pk": make_duty(make_member(cast.other_branch), by=cast.other_secretary, known_on=yesterday()).pk}


def occasion(cast: Cast) -> dict[str, Any]:
    return {"pk": new_duty(cast).occasion_id}


def occasion_in_branch2(cast: Cast) -> dict[str, Any]:
    member = make_member(cast.branch2)
    return {"pk": make_duty(member, by=cast.branch2_secretary, known_on=yesterday()).occasion_id}


def occasion_elsewhere(cast: Cast) -> dict[str, Any]:
    member = make_member(cast.other_branch)
    return {"pk": make_duty(member, by=cast.other_secretary, known_on=yesterday()).occasion_id}


def person(cast: Cast) -> dict[str, Any]:
    return {"pk": make_member(cast.branch1).pk}


def person_elsewhere(cast: Cast) -> dict[str, Any]:
    return {"pk": make_member(cast.other_branch).pk}


#            secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
VISITORS = each(200, 200, 200, 200, 200, 403, 403, 403, 403, 403)
VISITORS_HERE = each(200, 200, 200, 200, 404, 403, 403, 403, 403, 403)
VISITORS_IN_BRANCH2 = each(200, 200, 404, 404, 200, 403, 403, 403, 403, 403)
NO_VISITOR = each(404, 404, 404, 404, 404, 403, 403, 403, 403, 403)
CALLERS_HERE = each(200, 200, 403, 200, 404, 403, 403, 403, 403, 403)
READERS_HERE = each(200, 403, 403, 200, 404, 403, 403, 403, 403, 403)
BEHALF = each(200, 200, 200, 200, 200, 200, 403, 403, 403, 403)
BEHALF_HERE = each(200, 200, 200, 200, 404, 200, 403, 403, 403, 403)
NO_BEHALF = each(404, 404, 404, 404, 404, 404, 403, 403, 403, 403)

TABLE = [
    Row("visits:list", VISITORS),
    Row("visits:occasion_create", VISITORS),
    Row("visits:family_create", VISITORS),
    Row("visits:death_create", VISITORS),
    Row("visits:duty_log", VISITORS_HERE, duty),
    Row("visits:duty_log", VISITORS_IN_BRANCH2, duty_in_branch2),
    Row("visits:duty_log", NO_VISITOR, duty_elsewhere),
    Row("visits:duty_phone", CALLERS_HERE, duty, method="post"),
    Row("visits:occasion_detail", VISITORS_HERE, occasion),
    Row("visits:occasion_detail", VISITORS_IN_BRANCH2, occasion_in_branch2),
    Row("visits:occasion_detail", NO_VISITOR, occasion_elsewhere),
    Row("visits:occasion_notes", READERS_HERE, occasion, method="post"),
    Row("visits:occasion_discharge", VISITORS_HERE, occasion, method="post"),
    Row("visits:occasion_discharge", VISITORS_IN_BRANCH2, occasion_in_branch2, method="post"),
    Row("visits:occasion_close", VISITORS_HERE, occasion, method="post"),
    Row("visits:occasion_close", VISITORS_IN_BRANCH2, occasion_in_branch2, method="post"),
    Row("visits:behalf_list", BEHALF),
    Row("visits:behalf_create", BEHALF_HERE, person),
    Row("visits:behalf_create", NO_BEHALF, person_elsewhere),
]
