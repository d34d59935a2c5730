"""`manage.py check_register`: does the register contradict itself? Prints each row by its id; exit 1 if there is one."""

import sys
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import F
from django.utils import timezone

from members.actions.rows import place_of
from members.models import Member, Relation
from members.models.sets import FORMAL, balance, has_relation


def overlaps() -> Iterator[str]:
    """Two formal relations of one person in force on the same day."""
    formal = Relation.objects.filter(kind=FORMAL).exclude(until=F("since")).order_by("member_id", "since", "pk")
    for member, relations in groupby(formal, key=lambda relation: relation.member_id):
        for first, second in pairwise(relations):
            if first.until is None or first.until > second.since:
                yield f"member {member}: formal relations {first.pk} and {second.pk} overlap"


def wrong_places() -> Iterator[str]:
    """Member.branch is not the branch of the open, or else of the last, relation."""
    for member in Member.objects.prefetch_related("relations"):
        relation = place_of(list(member.relations.all()))
        if relation is None:
            yield f"member {member.pk}: has no relation at all"
        elif relation.branch_id != member.branch_id:
            yield f"member {member.pk}: stands in branch {member.branch_id}, relation {relation.pk} says {relation.branch_id}"


def disagreements() -> Iterator[str]:
    """Relations say one thing about today, the dated ways in and out another."""
    today = timezone.localdate()
    rows = Member.objects.annotate(paper=balance(today), is_counted=has_relation(today, FORMAL)).order_by("pk")
    for member in rows:
        if member.paper != int(member.is_counted):
            yield f"member {member.pk}: counted {int(member.is_counted)}, recorded ways in less ways out {member.paper}"


class Command(BaseCommand):
    help = "Look for contradictions in the register of every committee."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*overlaps(), *wrong_places(), *disagreements()]
        for line in found:
            self.stdout.write(line)
        if found:
            sys.exit(1)
        self.stdout.write("The register agrees with itself.")
