"""The demo's council: its seats, the vegetable case as the source tells it, one topic at step 2 and one at step 4."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from branches.models import Branch, Committee, PartnerUnit
from council import actions
from council.models import GardenMeeting, Measure, Posting, Resolution, Seat, Sitting, Topic
from members.models import Member

Users = dict[str, User]
Kind = Seat.Constituency
NAMESPACE = uuid.UUID("5a3c1f1e-6f0b-4f0e-9a56-2f1f0f6b7c11")
PLACE = "社区党员活动室"

UNITS = [("莫愁湖小学党支部", "周文静"), ("街道卫生服务中心党支部", "许国平"), ("新寓物业党支部", "韩立新")]
PLACES = {Kind.LEADERSHIP: 3, Kind.SELF_MANAGED: 7, Kind.IN_SERVICE: 2, Kind.FLOATING: 2, Kind.HARDSHIP: 2}

FIRST_PLAN = "先由种植户自行清除。\n再组织人员统一清除。"
FOUR_POINTS = [
    "除菊花脑以外的蔬菜必须清除，不允许施肥。",
    "清除可以逐天递减，直至彻底清除。",
    "党员家庭必须一次性清除。",
    "鼓励居民培植花草。",
]
DISSENTS = [
    (
        "部分同志不同意全部清除：清除后土地裸露，既不美观又易扬尘；菊花脑可以美化环境，应当保留。",
        "采纳：第 2 稿第 1 条保留菊花脑。",
    ),
    ("对一次性清除也有不同看法。", "采纳：第 2 稿第 2 条改为可以逐天递减，直至彻底清除；党员家庭一次性清除。"),
]
OPENING = (
    "社区党员议事会以“莫让社区变农庄”为题，讨论了居民在院落和公共绿地种植蔬菜的问题。"
    "方案在议事园公布，广泛征求意见，居民表示赞成。现形成决议："
)
# what, owner, done so many days after the council
DONE = [
    ("清除菊花脑以外的蔬菜，不再施肥", "党员服务站", 33),
    ("逐天递减，直至彻底清除", "党员服务站", 33),
    ("党员家庭一次性清除", "各支部", 17),
    ("鼓励居民培植花草", "驻区单位党组织", 41),
]


def case_day(on: date) -> date:
    """The latest 26 March at least 60 days before the demo's day."""
    day = date(on.year, 3, 26)
    return day if on - day >= timedelta(days=60) else date(on.year - 1, 3, 26)


def build_council(
    *,
    committee: Committee,
    branches: list[Branch],
    members: QuerySet[Member],
    on: date,
    users: Users,
    report_for: Callable[[Topic], Any] | None = None,
) -> list[Topic]:
    """Build everything through the real actions, each on its day; `report_for` links the station's own report."""
    council_day = case_day(on)
    build_seats(committee, members, council_day - timedelta(days=60), users)
    return [
        build_vegetable_case(committee, branches[1], council_day, users, report_for),
        build_topic_at_step_two(committee, branches[0], on, users),
        build_topic_at_step_four(committee, branches[2], on, users),
    ]


def build_seats(committee: Committee, members: QuerySet[Member], since: date, users: Users) -> list[Seat]:
    """Three units' seats, the rest by members; the chair is a resident unit's representative."""
    actions.rules_of(committee)
    seats = []
    for index, (name, representative) in enumerate(UNITS):
        unit, _is_new = PartnerUnit.objects.get_or_create(committee=committee, name=name)
        seats.append(Seat(constituency=Kind.UNIT, unit=unit, representative=representative, is_chair=index == 0))
    leaders = [users[name].full_name for name in ("secretary", "deputy", "member")]
    for kind, holders in choose_holders(members, leaders).items():
        for index, member in enumerate(holders):
            is_head = kind == Kind.LEADERSHIP and index == 0
            seats.append(Seat(constituency=kind, member=member, is_secretary_general=is_head))
    for seat in seats:
        seat.committee, seat.since = committee, since
        actions.fill_seat(seat=seat, by=users["secretary"])
    return seats


def choose_holders(members: QuerySet[Member], leaders: list[str]) -> dict[Kind, list[Member]]:
    """As many members a constituency as PLACES says, nobody twice; the longest here first."""
    here = members.filter(died_on=None, relations__until=None)
    formal = here.filter(relations__kind="formal", absences=None)
    pools: dict[Kind, list[QuerySet[Member]]] = {
        Kind.LEADERSHIP: [formal.filter(name__in=leaders), formal.exclude(post=""), formal.filter(in_hardship=False)],
        Kind.IN_SERVICE: [here.filter(relations__kind="in_service")],
        Kind.FLOATING: [here.filter(relations__kind="floating_in")],
        Kind.HARDSHIP: [formal.filter(in_hardship=True)],
        Kind.SELF_MANAGED: [formal.filter(in_hardship=False, origin="retired")],
    }
    taken: list[int] = []
    holders: dict[Kind, list[Member]] = {}
    for kind, sources in pools.items():
        holders[kind] = []
        for source in sources:
            wanted = PLACES[kind] - len(holders[kind])
            chosen = source.exclude(pk__in=taken).order_by("relations__since", "pk")[:wanted]
            holders[kind] += list(chosen)
            taken += [member.pk for member in holders[kind]]
    return holders


def build_vegetable_case(
    committee: Committee, branch: Branch, day: date, users: Users, report_for: Callable[[Topic], Any] | None
) -> Topic:
    """The case, from the station's report to the four measures done; `day` is the council's 26 March."""
    secretary, deputy, member, station = (users[name] for name in ("secretary", "deputy", "member", "station"))
    opened = day - timedelta(days=24)
    topic = actions.open_topic(
        committee=committee,
        title="莫让社区变农庄",
        area=branch,
        by=secretary,
        reason="" if report_for else "党员服务站了解到居民在院落和公共绿地种植蔬菜，随即向社区党委反映。",
        day=opened,
    )
    if report_for:
        report_for(topic)
    actions.make_move(topic=topic, move="formulate", by=secretary, day=opened)
    analysed = day - timedelta(days=17)
    actions.write_analysis(
        topic=topic,
        by=member,
        facts="居民在院落和公共绿地种植蔬菜。",
        options="全部清除：先由种植户自行清除，再组织人员统一清除。",
        recommendation="交社区党员议事会研究。",
        day=analysed,
    )
    actions.set_remit(topic=topic, by=member, remit=Topic.Remit.MEMBERS)
    actions.draft_plan(topic=topic, by=member, text=FIRST_PLAN, day=analysed)
    actions.make_move(topic=topic, move="adopt", by=secretary, day=analysed)
    adopt_vegetable_plan(topic, day, users)
    posting = actions.post_plan(
        topic=topic, by=member, opens_on=day + timedelta(days=1), closes_on=day + timedelta(days=7)
    )
    enter(posting, [("support", "")] * 6, "paper", station, day + timedelta(days=5))
    posted = day + timedelta(days=8)
    actions.write_what_changed(posting=posting, text="居民表示赞成，未再修改。", by=member, day=posted)
    plan_measures(topic, posted, member)
    actions.make_move(topic=topic, move="implement", by=secretary, day=posted)
    resolution = actions.draft_resolution(
        topic=topic, title="关于清除院落和公共绿地种植蔬菜的决议", text=opening(day), by=member, day=posted
    )
    post_resolution(resolution, member, deputy, posted)
    carry_out(topic, day, secretary)
    return topic


def opening(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日，{OPENING}"


def adopt_vegetable_plan(topic: Topic, day: date, users: Users) -> None:
    """All speak freely; some comrades differ, are answered, and all agree by discussion: no vote is told."""
    member, secretary = users["member"], users["secretary"]
    sitting = hold_sitting(topic, day, secretary, absent=2)
    for text, answer in DISSENTS:
        actions.record_position(sitting=sitting, topic=topic, text=text, is_dissent=True, answer=answer, by=member)
    note = "原方案为全部清除，先自行清除，再组织清除；部分同志提出土地裸露、易扬尘，遂保留菊花脑，可以逐天递减。"
    plan = actions.draft_plan(topic=topic, by=member, text="\n".join(FOUR_POINTS), note=note, day=day)
    actions.record_decision(sitting=sitting, topic=topic, plan=plan, method="agreement", by=secretary)
    actions.make_move(topic=topic, move="evaluate", by=secretary, day=day)


def hold_sitting(topic: Topic, day: date, by: User, absent: int) -> Sitting:
    sitting = actions.call_sitting(committee=topic.committee, day=day, place=PLACE, topics=[topic], by=by)
    seats = list(Seat.objects.filter(committee=topic.committee).filled_on(day).order_by("pk"))
    return actions.record_attendance(sitting=sitting, present=seats[: len(seats) - absent], by=by)


def enter(posting: Posting, lines: list[tuple[str, str]], channel: str, by: User, day: date) -> None:
    """Enter opinions as the station does, then review each of them."""
    token = uuid.uuid5(NAMESPACE, f"{posting.pk} {channel}")
    for opinion in actions.enter_opinions(posting=posting, lines=lines, channel=channel, token=token, by=by, day=day):
        actions.review_opinion(opinion=opinion, is_shown=True, by=by)


def plan_measures(topic: Topic, day: date, by: User) -> None:
    for what, owner, _days in DONE:
        due = day + timedelta(days=40)
        actions.add_measure(measure=Measure(topic=topic, what=what, owner=owner, due=due), by=by)


def post_resolution(resolution: Resolution, author: User, approver: User, day: date) -> None:
    for move, by in (("propose", author), ("approve", approver), ("post", approver)):
        resolution = actions.move_resolution(resolution=resolution, move=move, by=by, day=day)


def carry_out(topic: Topic, council_day: date, by: User) -> None:
    for measure, (_what, _owner, days) in zip(topic.measures.all(), DONE, strict=True):
        actions.finish_measure(measure=measure, by=by, done_on=council_day + timedelta(days=days))
    actions.make_move(topic=topic, move="close", by=by, day=council_day + timedelta(days=41))


def build_topic_at_step_two(committee: Committee, branch: Branch, on: date, users: Users) -> Topic:
    topic = actions.open_topic(
        committee=committee,
        title="给楼道装上扶手",
        area=branch,
        by=users["secretary"],
        reason="接待日有多位老党员提出：楼梯陡，雨天滑，上下楼没有扶手。",
        day=on - timedelta(days=12),
    )
    actions.make_move(topic=topic, move="formulate", by=users["secretary"], day=on - timedelta(days=9))
    actions.write_analysis(
        topic=topic,
        by=users["member"],
        facts="无电梯的楼幢里，部分楼道只有一侧有扶手，部分没有扶手。",
        options="先在住有老人的单元加装一侧扶手。\n各单元一次加装两侧扶手。",
        day=on - timedelta(days=6),
    )
    return topic


def build_topic_at_step_four(committee: Committee, branch: Branch, on: date, users: Users) -> Topic:
    """Adopted by show of hands; the posting is open on the demo's day, one objection waits for its answer."""
    secretary, member, station = users["secretary"], users["member"], users["station"]
    start, sitting_day = on - timedelta(days=34), on - timedelta(days=4)
    topic = actions.open_topic(
        committee=committee,
        title="电动自行车停到车棚里",
        area=branch,
        by=secretary,
        reason="居民多次提出：电动自行车停在楼道里充电，通道堵，不安全。",
        day=start,
    )
    actions.make_move(topic=topic, move="formulate", by=secretary, day=start)
    analysed = on - timedelta(days=20)
    actions.write_analysis(
        topic=topic,
        by=member,
        facts="车棚有空位，但没有充电插座；晚上有人在楼道里拉线充电。",
        options="车棚加装充电插座后，楼道不再停车。\n只贴提示，不加装插座。",
        cost="由物业测算。",
        affected="有电动自行车的住户和一楼住户。",
        recommendation="采用第一种办法。",
        day=analysed,
    )
    actions.set_remit(topic=topic, by=member, remit=Topic.Remit.PROPERTY)
    actions.draft_plan(topic=topic, by=member, text="车棚加装充电插座。\n楼道内不再停放、充电。", day=analysed)
    actions.make_move(topic=topic, move="adopt", by=secretary, day=analysed)
    adopt_parking_plan(topic, sitting_day, users)
    posting = actions.post_plan(
        topic=topic, by=member, opens_on=on - timedelta(days=2), closes_on=on + timedelta(days=4)
    )
    answer_residents(posting, on, member, station)
    actions.record_meeting(meeting=meeting_at_the_shed(posting, on), by=member, day=on)
    for what, owner in (("车棚加装充电插座", "物业服务中心"), ("贴出停放提示", "")):
        due = on + timedelta(days=30) if owner else None
        actions.add_measure(measure=Measure(topic=topic, what=what, owner=owner, due=due), by=member)
    return topic


def meeting_at_the_shed(posting: Posting, on: date) -> GardenMeeting:
    return GardenMeeting(
        posting=posting,
        day=on - timedelta(days=1),
        meeting_place="车棚门口",
        present=14,
        said="大家赞成装充电插座，希望晚上也能照亮车棚；后排楼幢的居民希望停放点离单元门近一些。",
        token=uuid.uuid5(NAMESPACE, f"{posting.pk} meeting"),
    )


def adopt_parking_plan(topic: Topic, day: date, users: Users) -> None:
    sitting = hold_sitting(topic, day, users["secretary"], absent=3)
    actions.record_position(
        sitting=sitting,
        topic=topic,
        text="车棚离后排楼幢远，老人推车不方便。",
        is_dissent=True,
        answer="采纳：后排楼幢旁另设两处停放点。",
        by=users["member"],
    )
    plan = actions.draft_plan(
        topic=topic,
        by=users["member"],
        text="车棚加装充电插座。\n后排楼幢旁另设两处停放点。\n楼道内不再停放、充电。",
        note="有同志提出后排楼幢离车棚远，增设两处停放点。",
        day=day,
    )
    present = sitting.present
    actions.record_decision(
        sitting=sitting,
        topic=topic,
        plan=plan,
        method="show_of_hands",
        votes_for=present - 3,
        against=2,
        abstained=1,
        by=users["secretary"],
    )
    actions.make_move(topic=topic, move="evaluate", by=users["secretary"], day=day)


def answer_residents(posting: Posting, on: date, member: User, station: User) -> None:
    """Paper and web; one suggestion answered, one objection not yet, one opinion still to be reviewed."""
    enter(posting, [("support", "早该管了，楼道通了才安全。"), ("support", "")], "paper", station, on)
    web = [
        ("support", "希望插座早点装好。", True),
        ("suggest", "停放点最好有雨棚。", True),
        ("oppose", "车棚没有监控，担心丢车。", True),
        ("suggest", "能不能把收费标准也贴出来？", False),
    ]
    for index, (stance, text, is_reviewed) in enumerate(web):
        opinion = actions.give_opinion(
            posting=posting,
            stance=stance,
            text=text,
            token=uuid.uuid5(NAMESPACE, f"{posting.pk} web {index}"),
            day=on - timedelta(days=1),
        )
        if is_reviewed:
            actions.review_opinion(opinion=opinion, is_shown=True, by=station)
        if stance == "suggest" and is_reviewed:
            actions.reply_opinion(opinion=opinion, reply="已请物业一并测算雨棚的费用。", by=member, day=on)
