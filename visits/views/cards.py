"""How a duty is told in a list: under which heading, and with which word for its state."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from config.templatetags.house import short_day, weekday
from visits.models import Duty


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


@dataclass(frozen=True)
class Card:
    duty: Duty
    today: date
    may_log: bool = False
    may_call: bool = False

    @property
    def section(self) -> str:
        if self.duty.is_overdue(self.today):
            return _("Overdue")
        if self.duty.due_on == self.today:
            return _("Due today")
        if self.duty.due_on <= week_of(self.today)[1]:
            return _("This week")
        return _("Later")

    @property
    def state_kind(self) -> str:
        if not self.duty.is_open:
            return "ok" if self.duty.state == Duty.State.DONE else "plain"
        if self.duty.is_overdue(self.today):
            return "late"
        return "due" if self.duty.due_on == self.today else "plain"

    @property
    def state_text(self) -> str:
        if not self.duty.is_open:
            return self.duty.get_state_display()
        late = self.duty.days_late(self.today)
        if late:
            return ngettext("%(number)d day late", "%(number)d days late", late) % {"number": late}
        if self.duty.due_on == self.today:
            return _("due today")
        if self.duty.due_on <= week_of(self.today)[1]:
            return _("due on %(day)s") % {"day": weekday(self.duty.due_on)}
        return _("due %(day)s") % {"day": short_day(self.duty.due_on)}


def cards(duties: list[Duty], user: User, today: date) -> list[Card]:
    return [
        Card(
            duty,
            today,
            may_log=duty.is_open and duty.first_day <= today and user.has_perm("visits.log", duty),
            may_call=has_phone(duty) and user.has_perm("members.reveal", duty),
        )
        for duty in duties
    ]


def has_phone(duty: Duty) -> bool:
    member = duty.occasion.member
    return bool(member and member.phone)
