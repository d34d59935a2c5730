from typing import Any

from council.models import Topic
from tests.access.table import Row, anybody, each
from tests.cast import Cast
from tests.factories import council as make
from tests.factories.organisation import make_committee


def topic(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_topic(cast).pk}


def other_topic(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_topic(cast, committee=cast.other_committee, area="", by=cast.other_secretary).pk}


def second_draft(cast: Cast) -> dict[str, Any]:
    one = make.make_topic_at(cast, 3)
    make.actions.draft_plan(topic=one, by=cast.member, text="第一条\n第三条", note="改")
    return {"pk": one.pk, "number": 2}


def move(cast: Cast) -> dict[str, Any]:
    return topic(cast) | {"name": "formulate"}


def reasoned_move(cast: Cast) -> dict[str, Any]:
    return topic(cast) | {"name": "withdraw"}


def other_move(cast: Cast) -> dict[str, Any]:
    return other_topic(cast) | {"name": "formulate"}


def topic_at_3(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_topic_at(cast, 3).pk}


def topic_at_4(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_topic_at(cast, 4).pk}


def topic_at_5(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_topic_at(cast, 5).pk}


def position(cast: Cast) -> dict[str, Any]:
    one = make.make_topic_at(cast, 3)
    sitting = make.make_sitting(cast, one)
    said = make.actions.record_position(sitting=sitting, topic=one, text="有难处", is_dissent=True, by=cast.member)
    return {"pk": said.pk}


def sitting(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_sitting(cast, make.make_topic_at(cast, 3)).pk}


def posting(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_posting(cast).pk}


def opinion(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_opinion(cast, make.make_posting(cast)).pk}


def meeting(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_meeting(cast, make.make_posting(cast)).pk}


def other_meeting(cast: Cast) -> dict[str, Any]:
    """A meeting of the other committee."""
    one = meeting(cast)
    Topic.objects.update(committee=cast.other_committee)
    return one


def measure(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_measure(cast, make.make_topic_at(cast, 3)).pk}


def resolution(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_resolution(cast).pk}


def resolution_move(cast: Cast) -> dict[str, Any]:
    return resolution(cast) | {"name": "propose"}


def seat(cast: Cast) -> dict[str, Any]:
    return {"pk": make.make_seat(cast).pk}


def place(cast: Cast) -> dict[str, Any]:
    return {"slug": cast.committee.slug}


def nowhere(cast: Cast) -> dict[str, Any]:
    return {"slug": "nowhere"}


def posted(cast: Cast) -> dict[str, Any]:
    one = make.make_resolution(cast, state="posted")
    return place(cast) | {"year": one.year, "number": one.number}


def drafted(cast: Cast) -> dict[str, Any]:
    make.make_resolution(cast, state="approved")
    return place(cast) | {"year": 2026, "number": 1}


def public_posting(cast: Cast) -> dict[str, Any]:
    return place(cast) | posting(cast)


def elsewhere(cast: Cast) -> dict[str, Any]:
    """A posting of one committee under the address of another."""
    return {"slug": make_committee().slug} | posting(cast)


def closed_posting(cast: Cast) -> dict[str, Any]:
    one = make.make_posting(cast, opens_on=make.days_ago(9), closes_on=make.days_ago(2))
    return place(cast) | {"pk": one.pk}


#            secretary deputy member branch1 branch2 station discipline sysadmin auditor nobody
READERS = each(200, 200, 200, 200, 200, 200, 200, 403, 200, 403)
READERS_NOT_THIS = each(404, 404, 404, 404, 404, 404, 404, 403, 404, 403)
EDITORS = each(200, 200, 200, 403, 403, 403, 403, 403, 403, 403)
EDITORS_MOVE = each(302, 302, 302, 403, 403, 403, 403, 403, 403, 403)
EDITORS_NOT_THIS = each(404, 404, 404, 403, 403, 403, 403, 403, 403, 403)
REVIEWERS = each(200, 200, 200, 403, 403, 200, 403, 403, 403, 403)
REVIEWERS_MOVE = each(302, 302, 302, 403, 403, 302, 403, 403, 403, 403)
LEADERS = each(200, 200, 403, 403, 403, 403, 403, 403, 403, 403)

TABLE = [
    Row("council:list", READERS),
    Row("council:topic_create", EDITORS),
    Row("council:topic_detail", READERS, topic),
    Row("council:topic_detail", READERS_NOT_THIS, other_topic),
    Row("council:topic_edit", EDITORS, topic),
    Row("council:topic_edit", EDITORS_NOT_THIS, other_topic),
    Row("council:analysis_edit", EDITORS, topic),
    Row("council:remit_edit", EDITORS, topic),
    Row("council:plan_create", EDITORS, topic),
    Row("council:plan_compare", READERS, second_draft),
    Row("council:topic_move", EDITORS_MOVE, move, method="post"),
    Row("council:topic_move", EDITORS, reasoned_move),
    Row("council:topic_move", EDITORS_NOT_THIS, other_move, method="post"),
    Row("council:position_create", EDITORS, topic_at_3),
    Row("council:position_answer", EDITORS, position),
    Row("council:decision_create", EDITORS, topic_at_3),
    Row("council:posting_create", EDITORS, topic_at_4),
    Row("council:measure_create", EDITORS, topic_at_3),
    Row("council:resolution_create", EDITORS, topic_at_5),
    Row("council:sitting_create", EDITORS),
    Row("council:sitting_detail", READERS, sitting),
    Row("council:attendance_edit", EDITORS, sitting),
    Row("council:what_changed", EDITORS, posting),
    Row("council:meeting_create", EDITORS, posting),
    Row("council:meeting_edit", EDITORS, meeting),
    Row("council:meeting_edit", EDITORS_NOT_THIS, other_meeting),
    Row("council:opinions_enter", REVIEWERS, posting),
    Row("council:opinions", REVIEWERS),
    Row("council:opinion_show", REVIEWERS_MOVE, opinion, method="post"),
    Row("council:opinion_hide", REVIEWERS, opinion),
    Row("council:opinion_reply", EDITORS, opinion),
    Row("council:measure_edit", EDITORS, measure),
    Row("council:measure_done", EDITORS, measure),
    Row("council:measure_drop", EDITORS, measure),
    Row("council:resolution_detail", READERS, resolution),
    Row("council:resolution_edit", EDITORS, resolution),
    Row("council:resolution_move", EDITORS_MOVE, resolution_move, method="post"),
    Row("council:seats", READERS),
    Row("council:seat_create", EDITORS),
    Row("council:seat_end", EDITORS, seat),
    Row("council:rules", LEADERS),
    anybody("council:public_resolutions", 200, place),
    anybody("council:public_resolutions", 404, nowhere),
    anybody("council:public_resolution", 200, posted),
    anybody("council:public_resolution", 404, drafted),
    anybody("council:public_garden", 200, place),
    anybody("council:public_posting", 200, public_posting),
    anybody("council:public_posting", 404, elsewhere),
    anybody("council:public_notice", 200, public_posting),
    anybody("council:public_opinion", 200, public_posting),
    anybody("council:public_opinion", 404, elsewhere),
    anybody("council:public_opinion", 410, closed_posting),
]
