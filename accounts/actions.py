"""What the system administrator does to users, and what a user does to his own password."""

import secrets

from axes.models import AccessAttempt
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import changes_of, record

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without letters that look alike on paper


def one_time_password() -> str:
    """Twelve characters in three groups, to be read out or handed over on paper (59 bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _i in range(4)) for _j in range(3))


@transaction.atomic
def create_user(*, username: str, full_name: str, by: User | None, committee: int) -> tuple[User, str]:
    """Create a user of the committee (an id); returns him and his one-time password, which is shown once.

    ValidationError: a name that is taken (in whatever case), too long, or of other signs.
    """
    password = one_time_password()
    User(username=username, full_name=full_name).full_clean(exclude=["password"])
    user = User.objects.create_user(username, password, full_name=full_name, committee_of_origin=committee)
    record(action=gettext_noop("User created"), by=by, obj=user, committee=committee)
    return user, password


@transaction.atomic
def amend_user(*, user: User, full_name: str, by: User) -> None:
    old = User.objects.select_for_update().get(pk=user.pk)
    user.full_name = full_name
    user.save(update_fields=["full_name"])
    record(action=gettext_noop("User amended"), by=by, obj=user, changes=changes_of(old, user, ["full_name"]))


@transaction.atomic
def set_user_active(*, user: User, is_active: bool, by: User) -> None:
    """Disable or enable the sign-in; a disabled user loses every permission with his next click."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    action = gettext_noop("User enabled") if is_active else gettext_noop("User disabled")
    record(action=action, by=by, obj=user, committee=user.committee_of_origin)


@transaction.atomic
def reset_password(*, user: User, by: User) -> str:
    """Give a new one-time password, to be changed at the next sign-in, and lift a lock-out; returns the password."""
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    AccessAttempt.objects.filter(username=user.username).delete()
    record(action=gettext_noop("Password reset"), by=by, obj=user, committee=user.committee_of_origin)
    return password


@transaction.atomic
def unlock_user(*, user: User, by: User) -> None:
    """Lift the lock-out after too many failed sign-ins."""
    AccessAttempt.objects.filter(username=user.username).delete()
    record(action=gettext_noop("User unlocked"), by=by, obj=user, committee=user.committee_of_origin)


@transaction.atomic
def change_own_password(*, by: User, password: str) -> None:
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password"])
    record(action=gettext_noop("Own password changed"), by=by, obj=by, committee=by.committee_of_origin)
