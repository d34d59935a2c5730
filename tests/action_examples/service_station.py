from datetime import date

from council.models import Topic
from service_station import actions
from service_station.models import Report
from tests.cast import Cast
from tests.factories.service_station import bare_report, bare_topic

MODULES = ["service_station.actions"]
END = date(2026, 5, 6)


def closed_topic(cast: Cast) -> Topic:
    topic = bare_topic(cast.committee, cast.secretary, step=5, state=Topic.State.CLOSED, ended_on=END)
    bare_report(cast.committee, state=Report.State.PROMOTED, topic=topic)
    return topic


EXAMPLES = {
    "open_report": lambda cast: actions.open_report(
        committee=cast.committee, text="路灯不亮。", channel=Report.Channel.PHONE, by=cast.station
    ),
    "amend_report": lambda cast: actions.amend_report(
        report=bare_report(cast.committee), by=cast.station, values={"title": "种菜", "due_on": END}
    ),
    "add_report_note": lambda cast: actions.add_report_note(
        report=bare_report(cast.committee), by=cast.station, text="已电话联系物业。"
    ),
    "reveal_reporter": lambda cast: actions.reveal_reporter(
        report=bare_report(cast.committee, phone="13800008000"), by=cast.station
    ),
    "move_report": lambda cast: actions.move_report(report=bare_report(cast.committee), move="take", by=cast.station),
    "promote_reports": lambda cast: actions.promote_reports(
        reports=[bare_report(cast.committee), bare_report(cast.committee)],
        topic=bare_topic(cast.committee, cast.secretary),
        by=cast.station,
    ),
    "follow_topic": lambda cast: actions.follow_topic(topic=closed_topic(cast), by=cast.secretary, day=END),
}
