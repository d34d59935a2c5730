"""The station's share of the demo community. Everything here is made up."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from branches.calendar import last_working_day_before
from branches.models import Branch, Committee
from council.models import Topic
from service_station.actions import add_report_note, amend_report, move_report, open_report, promote_reports
from service_station.models import Report

Channel = Report.Channel
Step = tuple[str, int, dict[str, Any]]  # the move, days after the report, what is typed with it

VEGETABLES = "居民在院落里和公共绿地上种菜，已有多处，越种越多。"
BEFORE_OPENING = 12  # days from the station's report to the topic


@dataclass(frozen=True)
class Story:
    """One report and the moves it has made; `ago` counts days back from the demo's day."""

    ago: int
    channel: str
    title: str
    text: str
    branch: int | None = None
    name: str = ""
    phone: str = ""
    letters: str = "KXQM"
    steps: tuple[Step, ...] = ()
    note: str = ""
    is_complaint: bool = False
    days_to_follow_up: int = field(default=7)


STORIES = [
    Story(
        40,
        Channel.WEB,
        "三幢一单元门口路灯不亮",
        "三幢一单元门口的路灯坏了有一个星期，老人晚上进出看不清台阶。",
        branch=0,
        name="倪素珍",
        phone="10000008131",
        letters="HTRW",
        steps=(
            ("take", 0, {}),
            ("pass_outside", 1, {"outside_body": "物业公司工程部"}),
            ("solve", 5, {"public_note": "物业公司已更换灯泡和触点，当晚试过，台阶处看得清。谢谢您提醒。"}),
        ),
        note="物业值班电话打通，答应三天内换。",
    ),
    Story(
        33,
        Channel.COUNTER,
        "希望门前增设公交站",
        "东门到最近的公交站要走二十分钟，希望在东门外加一个站。",
        branch=1,
        name="惠长林",
        phone="02500004417",
        letters="PCFD",
        steps=(
            ("take", 1, {}),
            (
                "close",
                8,
                {
                    "reason": "公交站点由市交通部门规划，社区无权设置。您的建议已书面转交，规划公示时我们会在公告栏通知。"
                },
            ),
        ),
    ),
    Story(
        16,
        Channel.CHAT,
        "活动室周末能否开放",
        "上班的人只有周末有空，活动室周末关门，能不能轮流开半天？",
        branch=2,
        letters="YGAN",
        steps=(("take", 1, {}),),
        note="正在问三位志愿者能否轮流值守。",
    ),
    Story(
        9,
        Channel.PHONE,
        "五幢西侧窨井盖松动",
        "五幢西侧人行道上的窨井盖踩上去会翘，怕绊倒孩子。",
        branch=2,
        name="闵佩华",
        phone="10000002260",
        letters="DVEX",
        steps=(("take", 0, {}), ("pass_outside", 1, {"outside_body": "街道市政养护队"})),
        note="已先放了警示锥，养护队回复本周内来换。",
    ),
    Story(
        4,
        Channel.WEB,
        "独居老人希望有人帮忙买菜",
        "六幢有位独居老人腿脚不便，最近天冷，想请人隔天帮忙带一次菜。",
        branch=3,
        name="卞志明",
        phone="10000005578",
        letters="MQCK",
        steps=(("take", 1, {}),),
    ),
    Story(
        3,
        Channel.WEB,
        "",
        "前几天在窗口办事，一位工作人员说话不耐烦，希望提醒一下，把话说清楚就好。",
        letters="WJTP",
        phone="10000007702",
        is_complaint=True,
    ),
    Story(
        1,
        Channel.COUNTER,
        "树上拴晾衣绳",
        "二幢和三幢之间的小树被拴了晾衣绳，树皮都勒破了。",
        branch=0,
        letters="RFHY",
    ),
    Story(
        0,
        Channel.WEB,
        "",
        "小区北门的宣传栏玻璃裂了一道，风大的时候晃，请来看看。",
        branch=4,
        name="储惠芬",
        phone="10000003346",
        letters="ETKA",
    ),
]

# What residents said on a topic that the council already has: the reports follow it.
SAME_MATTER = [
    (Channel.COUNTER, "邻居把电动车停在楼道里充电，晚上闻到焦味，很担心。", "10000009015", "CNWR"),
    (Channel.PHONE, "二单元楼道口停了三辆电动自行车，轮椅推不过去。", "10000001184", "JXDM"),
]


def vegetable_report(
    topic: Topic, *, by: User, committee: Committee | None = None, on_day: date | None = None
) -> Report:
    """The station itself learns of the vegetables early in the year and reports it at once; then the topic takes it up."""
    day = on_day or last_working_day_before(topic.opened_on - timedelta(days=BEFORE_OPENING - 1))
    report = open_report(
        committee=committee or topic.committee,
        text=VEGETABLES,
        channel=Channel.STATION,
        branch=topic.branch,
        by=by,
        day=day,
        letters="KXQM",
    )
    report = amend_report(report=report, by=by, values={"title": "院落和公共绿地种菜"})
    promote_reports(reports=[report], topic=topic, by=by, day=topic.opened_on)
    report.refresh_from_db()
    return report


def build_station(
    *, committee: Committee, branches: list[Branch], on: date, users: dict[str, User], topic: Topic | None = None
) -> list[Report]:
    """Reports in several states, oldest first; two more go with `topic`, one that the council is working on."""
    station, discipline = users["station"], users["discipline"]
    reports: list[Report] = []
    for story in STORIES:
        if topic is not None and topic.opened_on <= on - timedelta(days=story.ago):
            reports, topic = reports + same_matter(topic, by=station), None
        report = _told(story, committee, branches, on - timedelta(days=story.ago), station)
        by = discipline if story.is_complaint else station
        if story.title:
            report = amend_report(report=report, by=by, values={"title": story.title})
        for move, days, values in story.steps:
            day = report.reported_on + timedelta(days=days)
            if move == "pass_outside":
                values = {**values, "due_on": day + timedelta(days=story.days_to_follow_up)}
            report = move_report(report=report, move=move, by=by, values=values, day=day)
        if story.note:
            add_report_note(report=report, by=by, text=story.note)
        reports.append(report)
    return reports


def _told(story: Story, committee: Committee, branches: list[Branch], day: date, station: User) -> Report:
    entered = story.channel != Channel.WEB
    return open_report(
        committee=committee,
        text=story.text,
        channel=story.channel,
        by=station if entered else None,
        name=story.name,
        phone=story.phone,
        branch=branches[story.branch] if story.branch is not None else None,
        is_complaint=story.is_complaint,
        day=day,
        letters=story.letters,
    )


def same_matter(topic: Topic, *, by: User) -> list[Report]:
    reports = [
        open_report(
            committee=topic.committee,
            text=text,
            channel=channel,
            phone=phone,
            branch=topic.branch,
            by=by,
            day=topic.opened_on - timedelta(days=2),
            letters=letters,
        )
        for channel, text, phone, letters in SAME_MATTER
    ]
    promote_reports(reports=reports, topic=topic, by=by, day=topic.opened_on)
    return list(topic.reports.filter(pk__in=[report.pk for report in reports]).order_by("pk"))
