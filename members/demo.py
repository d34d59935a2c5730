"""The register of the demo community: the source's numbers (163 on the latest 30 March and today), made-up people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, cycle
from math import gcd
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from branches.models import Branch, Committee, Group
from journal.models import Event, reference
from members import timeline
from members.identity import check_character, id_fingerprint, initials, phone_tail
from members.models import Absence, Member, RegisterEvent, Relation, Way

if TYPE_CHECKING:
    from accounts.models import User

Thing = TypeVar("Thing")
Origin, Education, Kind = Member.Origin, Member.Education, Relation.Kind

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇查王李张刘陈杨黄王李张刘陈王李张"
)
OLD_WOMEN = ("桂英", "秀兰", "玉珍", "淑芬", "素琴", "凤英", "月娥", "美华", "慧珍", "巧云", "金凤", "佩兰")
OLD_MEN = ("德厚", "志诚", "永福", "国樑", "长根", "宝林", "金海", "树德", "文炳", "正明", "兆祥", "根生")
WOMEN = ("丽萍", "晓燕", "红霞", "雪琴", "海燕", "静怡", "雅琴", "春梅", "玲玲", "文娟", "思远", "若涵")
MEN = ("建平", "卫东", "海峰", "志刚", "永刚", "晓明", "文斌", "俊杰", "宇航", "子墨", "浩然", "立新")
OLD_UNITS = (
    "城北机械厂党委",
    "第二纺织厂党总支",
    "红光电器厂党委",
    "江东印刷厂党总支",
    "供销公司离退休党支部",
    "建设公司离退休党支部",
)
YOUNG_UNITS = ("人才服务中心党委", "师范学院党委", "理工学院党委", "退役军人服务中心党委", "职业技术学院党委")
ELSEWHERE = ("城南街道党工委", "河西街道党工委", "外省某县组织部", "开发区党工委")
AWAY = ("上海市", "苏州市", "合肥市", "深圳市", "无锡市", "杭州市", "常州市", "广州市", "北京市")
EMPLOYERS = ("城区小学", "市立医院", "供水公司", "区图书馆", "公交公司", "软件公司")

SIZES = (35, 33, 30, 34, 31)
# Where the source's numbers come from: (year offset, transferred in, transferred out, died) for each period.
PERIODS = ((-2, 28, 3, 2), (-1, 43, 7, 2), (0, 13, 2, 1))
# (youngest, oldest, of the first 96 who stayed, of the 84 who came). No one is 29, 39, 49 or 59 on 30 March, so that
# nobody changes his band before the next one.
AGES = ((22, 28, 0, 17), (30, 38, 2, 10), (40, 48, 6, 11), (50, 58, 9, 12), (60, 91, 62, 34))
FLOATING_OUT, FLOATING_IN, IN_SERVICE = 9, 6, 12


@dataclass
class Register:
    """What was built, for the rooms that tell the rest of the story."""

    members: list[Member] = field(default_factory=list)  # the 163
    left: list[Member] = field(default_factory=list)  # the 17
    floating_in: list[Member] = field(default_factory=list)
    in_service: list[Member] = field(default_factory=list)


@dataclass
class Life:
    """A person with the day and the way he came and, perhaps, went."""

    member: Member
    kind: str
    came: date
    way: Way = Way.OPENING
    counterpart: str = ""
    went: date | None = None
    went_by: Way = Way.TRANSFER_OUT
    moved: date | None = None
    before: Branch | None = None  # the branch before the move


def count_day(on: date) -> date:
    """The latest 30 March on or before the day: the source's day of the counts."""
    day = date(on.year, 3, 30)
    return day if day <= on else date(on.year - 1, 3, 30)


@dataclass(frozen=True)
class Officer:
    post: str
    name: str
    sex: str


@transaction.atomic
def build_register(
    *,
    committee: Committee,
    branches: Sequence[Branch],
    on: date,
    by: "User | None",
    officers: Sequence[Officer] = (),
) -> Register:
    """163 self-managed members with the source's ages, ways and year-ends; floating and in-service people besides.

    The officers of the committee are members like others, and carry the names they sign in with.
    """
    lives = _self_managed(committee, count_day(on))
    _name_officers([life.member for life in lives if life.went is None], officers, count_day(on))
    _place(lives, branches, count_day(on).year)
    lives += _others(committee, branches, on, serial=len(lives))
    _put_in_groups([life.member for life in lives], branches)
    Member.objects.bulk_create([life.member for life in lives])
    rows = Rows(by)
    for life in lives:
        rows.add(life)
    rows.save()
    register = Register(
        members=[life.member for life in lives if life.kind == Kind.FORMAL and life.went is None],
        left=[life.member for life in lives if life.went is not None],
        floating_in=[life.member for life in lives if life.kind == Kind.FLOATING_IN],
        in_service=[life.member for life in lives if life.kind == Kind.IN_SERVICE],
    )
    _send_away(register.members, count_day(on), by)
    return register


def _self_managed(committee: Committee, day: date) -> list[Life]:
    """The first 96 (79 who stayed, 17 who went) and the 84 who came."""
    serial, opening = count(1), date(day.year - 4, 12, 20)  # before the first of the source's counts
    first: list[Member] = []
    later: list[Member] = []
    for low, high, stayed, came in AGES:
        for number in range(stayed + came):
            age = low + (number * 5 + low) % (high - low + 1)
            member = _person(committee, next(serial), age, day)
            (first if number < stayed else later).append(member)
    lives = [Life(member, Kind.FORMAL, opening) for member in first]
    lives += [
        Life(member, Kind.FORMAL, came, Way.TRANSFER_IN, _unit(member, number))
        for number, (member, came) in enumerate(zip(_mixed(later), _coming_days(day), strict=True))
    ]
    for number, (went, way) in enumerate(_going_days(day)):
        member = _person(committee, next(serial), 52 + number * 7 % 38, day)
        member.died_on = went if way == Way.DIED else None
        place = ELSEWHERE[number % len(ELSEWHERE)] if way == Way.TRANSFER_OUT else ""
        lives.append(Life(member, Kind.FORMAL, opening, counterpart=place, went=went, went_by=way))
    return lives


def _days(first: date, last: date, number: int) -> list[date]:
    """`number` days spread over [first, last]."""
    span = (last - first).days
    return [first + timedelta(days=span * (2 * index + 1) // (2 * number)) for index in range(number)]


def _bounds(offset: int, day: date) -> tuple[date, date]:
    year = day.year + offset
    return date(year, 1, 2), date(year, 12, 28) if offset else day


def _coming_days(day: date) -> list[date]:
    return [found for offset, came, _out, _died in PERIODS for found in _days(*_bounds(offset, day), came)]


def _going_days(day: date) -> list[tuple[date, Way]]:
    going = []
    for offset, _came, out, died in PERIODS:
        ways = [Way.TRANSFER_OUT] * out + [Way.DIED] * died
        going += list(zip(_days(*_bounds(offset, day), len(ways)), _mixed(ways), strict=True))
    return going


def _mixed(things: Sequence[Thing]) -> list[Thing]:
    """The same things in an order that looks like none."""
    step = next(number for number in (11, 7, 13) if gcd(number, len(things)) == 1)
    return [things[index * step % len(things)] for index in range(len(things))]


def _person(committee: Committee, serial: int, age: int, day: date) -> Member:
    """A made-up member who has completed `age` years on the day."""
    is_male = serial % 5 not in (0, 2)
    born = date(day.year - age, 3, 30) - timedelta(days=serial * 37 % 360)
    joined = _joined(born, age, serial)
    member = Member(
        committee=committee,
        name=_name(serial, age, is_male),
        sex=Member.Sex.MALE if is_male else Member.Sex.FEMALE,
        ethnicity="回族" if serial % 41 == 7 else "汉族",
        birth_date=born,
        id_number=_id_number(born, is_male, serial),
        education=_education(age, serial),
        joined_on=joined,
        full_member_on=None if 1969 <= joined.year <= 1977 else _years_later(joined, 1),
        origin=_origin(age, serial),
        address=f"{serial % 38 + 1}幢{serial % 4 + 1}单元{serial % 6 + 1}0{serial % 2 + 1}室",
        phone=f"100{serial * 7919 % 10000:04d}{serial * 6007 % 10000:04d}",
        dues_paid_to=day.replace(day=1),
        in_hardship=serial % 19 == 4,
    )
    member.occupation = _occupation(member, age)
    member.initials = initials(member.name)
    member.id_fingerprint = id_fingerprint(member.id_number)
    member.phone_tail = phone_tail(member.phone)
    return member


def _years_later(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _joined(born: date, age: int, serial: int) -> date:
    """After 18 completed years, and at least six years before the day of the counts (the young: as early as may be)."""
    if age < 30:
        return _years_later(born, 18) + timedelta(days=30 + serial * 53 % 470)
    month, day = ((7, 1), (6, 20), (5, 4), (9, 12), (11, 25))[serial % 5]
    return date(born.year + 19 + serial * 7 % min(24, age - 26), month, day)


def _name(serial: int, age: int, is_male: bool) -> str:
    given = (OLD_MEN if age >= 60 else MEN) if is_male else (OLD_WOMEN if age >= 60 else WOMEN)
    return SURNAMES[serial * 29 % len(SURNAMES)] + given[(serial * 7 + serial // 13) % len(given)]


def _id_number(born: date, is_male: bool, serial: int) -> str:
    order = serial * 2 % 900 + (1 if is_male else 2)
    first = f"110101{born:%Y%m%d}{order:03d}"
    return first + check_character(first)


def _origin(age: int, serial: int) -> str:
    if age < 30:
        return Origin.GRADUATE
    if age < 40:
        return (Origin.GRADUATE, Origin.DEMOBILISED, Origin.DEMOBILISED, Origin.LAID_OFF)[serial % 4]
    if age < 60:
        return (Origin.LAID_OFF, Origin.DEMOBILISED, Origin.LAID_OFF)[serial % 3]
    return Origin.DEMOBILISED if serial % 14 == 3 else Origin.RETIRED


def _education(age: int, serial: int) -> str:
    if age < 40:
        return (Education.UNIVERSITY, Education.COLLEGE, Education.UNIVERSITY, Education.GRADUATE)[serial % 4]
    if age < 60:
        return (Education.SENIOR, Education.COLLEGE, Education.JUNIOR)[serial % 3]
    return (Education.JUNIOR, Education.SENIOR, Education.PRIMARY, Education.COLLEGE, Education.SENIOR)[serial % 5]


def _occupation(member: Member, age: int) -> str:
    if member.origin == Origin.RETIRED or age >= 62:
        return "退休"
    return {Origin.GRADUATE: "求职", Origin.LAID_OFF: "灵活就业", Origin.DEMOBILISED: "自主择业"}[Origin(member.origin)]


def _unit(member: Member, number: int) -> str:
    units = YOUNG_UNITS if member.origin in (Origin.GRADUATE, Origin.DEMOBILISED) else OLD_UNITS
    return units[number % len(units)]


def _place(lives: Sequence[Life], branches: Sequence[Branch], year: int) -> None:
    """Give everybody a branch: those who stayed by the sizes, those who went in turn; two moved once."""
    seats = _seats(branches, sum(life.went is None for life in lives))
    for life, turn in zip(lives, cycle(branches), strict=False):
        life.member.branch = turn if life.went else next(seats)
    for life in lives[20:22]:
        life.moved = date(year - 2, 5, 20)
        life.before = next(branch for branch in branches if branch != life.member.branch)


def _seats(branches: Sequence[Branch], number: int) -> Iterator[Branch]:
    """The branches in turn until each has its size."""
    sizes = SIZES if len(branches) == len(SIZES) else [number // len(branches) + 1] * len(branches)
    left = dict(zip(branches, sizes, strict=True))
    for branch in cycle(branches):  # pragma: no branch (goes round until nobody asks for more)
        if left[branch]:
            left[branch] -= 1
            yield branch


def _others(committee: Committee, branches: Sequence[Branch], on: date, serial: int) -> list[Life]:
    """Those who live or serve here with their relation elsewhere; they are in none of the counts."""
    lives = []
    for number in range(FLOATING_IN + IN_SERVICE):
        kind = Kind.FLOATING_IN if number < FLOATING_IN else Kind.IN_SERVICE
        member = _person(committee, serial + number + 1, 27 + number * 11 % 30, count_day(on))
        member.branch = branches[number % len(branches)]
        member.origin, member.employer = Origin.OTHER, EMPLOYERS[number % len(EMPLOYERS)]
        member.occupation = "务工" if kind == Kind.FLOATING_IN else "在职"
        member.in_hardship = False
        lives.append(Life(member, kind, count_day(on) - timedelta(days=40 + number * 23)))
    return lives


def _name_officers(members: Sequence[Member], officers: Sequence[Officer], day: date) -> None:
    """Each office goes to the next member in his sixties who is not in hardship."""
    for officer in officers:
        member = next(
            member
            for member in members
            if member.sex == officer.sex and 60 <= member.age(day) < 70 and not member.post and not member.in_hardship
        )
        member.name, member.post, member.initials = officer.name, officer.post, initials(officer.name)


def _put_in_groups(members: Sequence[Member], branches: Sequence[Branch]) -> None:
    """Every branch has Party groups by building; those of the branch in turn."""
    for branch in branches:
        if not branch.groups.exists():
            Group.objects.bulk_create([Group(branch=branch, name=f"第{name}党小组") for name in "一二三"])
    turns = {branch.pk: cycle(list(branch.groups.all())) for branch in branches}
    for member in members:
        member.group = next(turns[member.branch_id])


@dataclass
class Rows:
    """What the actions would have written for a life: relations, dated events, lines of the timeline."""

    by: "User | None"
    relations: list[Relation] = field(default_factory=list)
    events: list[RegisterEvent] = field(default_factory=list)
    lines: list[Event] = field(default_factory=list)

    def add(self, life: Life) -> None:
        member, first = life.member, life.before or life.member.branch
        place = "" if life.went else life.counterpart
        self.relations.append(Relation(member=member, branch=first, kind=life.kind, since=life.came))
        if life.kind == Kind.FORMAL:
            self._event(member, life.way, first, life.came, place)
        self.lines.append(_line(member, life.came, self.by, timeline.arrival(life.kind, life.way, first, place)))
        if life.moved:
            self._add_move(member, first, life.moved)
        if life.went:
            self._add_leave(life, life.went)

    def _add_move(self, member: Member, old: Branch, day: date) -> None:
        self.relations[-1].until = day
        self.relations.append(Relation(member=member, branch=member.branch, since=day))
        self._event(member, Way.MOVED_OUT, old, day, str(member.branch))
        self._event(member, Way.MOVED_IN, member.branch, day, str(old))
        params = {"old": str(old), "branch": str(member.branch)}
        self.lines.append(_line(member, day, self.by, (timeline.MOVED, params)))

    def _add_leave(self, life: Life, day: date) -> None:
        member = life.member
        self.relations[-1].until = day
        self._event(member, life.went_by, member.branch, day, life.counterpart)
        sentence = timeline.departure(life.kind, life.went_by, member.branch, life.counterpart)
        self.lines.append(_line(member, day, self.by, sentence))

    def _event(self, member: Member, way: Way, branch: Branch, day: date, place: str) -> None:
        event = RegisterEvent(
            member=member, way=way, branch=branch, effective_on=day, counterpart=place, entered_by=self.by
        )
        self.events.append(event)

    def save(self) -> None:
        Relation.objects.bulk_create(self.relations)
        RegisterEvent.objects.bulk_create(self.events)
        Event.objects.bulk_create(self.lines)


def _line(member: Member, day: date, by: "User | None", sentence: timeline.Sentence) -> Event:
    object_type, object_id = reference(member)
    text, params = sentence
    name = by.full_name if by else ""
    return Event(object_type=object_type, object_id=object_id, day=day, text=text, params=params, by_name=name)


def _send_away(members: Sequence[Member], day: date, by: "User | None") -> None:
    """Nine of the 163 live elsewhere, with a floating member's card."""
    young = [member for member in members if member.age(day) < 60][::7][:FLOATING_OUT]
    absences = [
        Absence(
            member=member,
            since=day - timedelta(days=20 + number),
            destination=AWAY[number % len(AWAY)],
            permit_number=f"LD{day.year}{number + 1:03d}",
        )
        for number, member in enumerate(young)
    ]
    Absence.objects.bulk_create(absences)
    Event.objects.bulk_create(
        _line(away.member, away.since, by, (timeline.ABSENCE_BEGUN, {"destination": away.destination}))
        for away in absences
    )
