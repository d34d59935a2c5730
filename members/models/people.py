"""A person of the register."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Committee, Group
from config.encryption import EncryptedTextField
from members.identity import check_id_number
from members.models.sets import Label, MemberQuerySet

ADULT = 18  # completed years: the Party's constitution, article 1
OLDEST = 130


class Member(models.Model):
    """A Party member known to the committee. His classes follow from his dated relations and absences."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    class Education(models.TextChoices):
        PRIMARY = "primary", _("primary school")
        JUNIOR = "junior", _("junior middle school")
        SENIOR = "senior", _("senior middle school or technical school")
        COLLEGE = "college", _("college (3 years)")
        UNIVERSITY = "university", _("university")
        GRADUATE = "graduate", _("postgraduate")

    class Standing(models.TextChoices):
        FULL = "full", _("full member")
        PROBATIONARY = "probationary", _("probationary member")

    class Membership(models.TextChoices):
        NORMAL = "normal", _("membership in order")
        STOPPED = "stopped", _("membership stopped")
        ENDED = "ended", _("no longer a Party member")

    class Origin(models.TextChoices):
        RETIRED = "retired", _("retired")
        LAID_OFF = "laid_off", _("lost work in enterprise restructuring")
        DEMOBILISED = "demobilised", _("left the army, chose own work")
        GRADUATE = "graduate", _("graduated or discharged, not yet employed")
        OTHER = "other", _("other")

    committee = models.ForeignKey(
        Committee, on_delete=models.PROTECT, related_name="members", verbose_name=_("committee")
    )
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="members", verbose_name=_("branch"))
    group = models.ForeignKey(
        Group,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("Party group"),
    )
    name = models.CharField(_("name"), max_length=40)
    initials = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    birth_date = models.DateField(_("date of birth"))
    id_number = EncryptedTextField(_("ID number"), blank=True)
    id_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    education = models.CharField(_("education"), max_length=10, choices=Education, blank=True)
    joined_on = models.DateField(_("joined the Party"))
    full_member_on = models.DateField(_("became a full member"), null=True, blank=True)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing, default=Standing.FULL)
    membership = models.CharField(_("membership"), max_length=8, choices=Membership, default=Membership.NORMAL)
    origin = models.CharField(_("origin"), max_length=11, choices=Origin, default=Origin.OTHER)
    post = models.CharField(_("Party post"), max_length=40, blank=True)
    occupation = models.CharField(_("occupation"), max_length=40, blank=True)
    employer = models.CharField(_("employer"), max_length=80, blank=True)
    address = EncryptedTextField(_("address"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    phone_tail = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    dues_paid_to = models.DateField(_("dues paid to month"), null=True, blank=True)
    in_hardship = models.BooleanField(_("in hardship"), default=False)
    died_on = models.DateField(_("died"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    form_token = models.UUIDField(null=True, unique=True, editable=False)  # a form sent twice makes one person
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["branch_id", "pk"]
        indexes = [
            models.Index(fields=["committee", "branch", "name"], name="member_by_branch"),
            models.Index(fields=["committee", "birth_date"], name="member_by_birth"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "id_fingerprint"],
                condition=~Q(id_fingerprint=""),
                name="member_id_number_once",
            ),
            models.CheckConstraint(condition=Q(joined_on__gt=F("birth_date")), name="member_joined_after_birth"),
            models.CheckConstraint(
                condition=Q(full_member_on__isnull=True) | Q(full_member_on__gte=F("joined_on")),
                name="member_full_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> Branch:
        """The branch of the open relation (formal first); after leaving, the last one. Kept by members.actions."""
        return self.branch

    def clean(self) -> None:
        """The days must be possible and agree with each other and with the ID number."""
        errors: dict[str, list[ValidationError]] = {}
        checks = (self._check_birth_date, self._check_joining, self._check_full_membership, self._check_id_number)
        for check in checks:
            try:
                check()
            except ValidationError as error:
                errors |= error.error_dict
        if errors:
            raise ValidationError(errors)

    def _check_birth_date(self) -> None:
        today = timezone.localdate()
        if self.birth_date and self.birth_date > today:
            raise ValidationError({"birth_date": _("The date of birth lies in the future. Enter a day up to today.")})
        if self.birth_date and self.age(today) > OLDEST:
            raise ValidationError({"birth_date": _("That would be over 130 years ago. Check the year of birth.")})

    def _check_joining(self) -> None:
        if not self.birth_date or not self.joined_on:
            return
        if self.joined_on > timezone.localdate():
            raise ValidationError({"joined_on": _("The day of joining lies in the future. Enter a day up to today.")})
        if self.joined_on <= self.birth_date:
            raise ValidationError(
                {"joined_on": _("The day of joining lies before the birth. Correct one of the two days.")}
            )
        if self.age(self.joined_on) < ADULT:
            raise ValidationError(
                {"joined_on": _("Party rules: 18 completed years when joining. On this day he or she was younger.")}
            )

    def _check_full_membership(self) -> None:
        if not self.full_member_on:
            return
        if self.standing == self.Standing.PROBATIONARY:
            raise ValidationError({"full_member_on": _("A probationary member has no such day yet: leave it empty.")})
        if self.full_member_on > timezone.localdate():
            raise ValidationError({"full_member_on": _("This day lies in the future. Enter a day up to today.")})
        if self.joined_on and self.full_member_on < self.joined_on:
            raise ValidationError({"full_member_on": _("Full membership cannot begin before the day of joining.")})

    def _check_id_number(self) -> None:
        if self.id_number:
            try:
                check_id_number(self.id_number, self.birth_date, self.sex == self.Sex.MALE if self.sex else None)
            except ValidationError as error:
                raise ValidationError({"id_number": error}) from error

    @property
    def labels(self) -> list[Label]:
        """The classes that hold on the day given to `with_labels`, by which the row must have been fetched."""
        return [label for label in Label if getattr(self, f"is_{label.value}")]

    def age(self, on: date | None = None) -> int:
        """Completed years on the day (default today); born 29 February counts from 1 March in other years."""
        on = on or timezone.localdate()
        return on.year - self.birth_date.year - ((on.month, on.day) < (self.birth_date.month, self.birth_date.day))
