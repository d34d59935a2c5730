"""Load the demo community into an empty house."""

import secrets
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from branches.demo import NAME, PEOPLE
from branches.models import Committee
from desk.demo import build_demo


def iso_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--on: {text!r} is not a day. Write it as 2026-11-24.") from None


class Command(BaseCommand):
    help = "Load the demo community (made-up people) into an empty house, as of today or another day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="of all demo sign-ins; made up and printed when left out")
        parser.add_argument("--name", default=NAME, help="full name of the committee")
        parser.add_argument("--on", help="build it as of this day (YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        if Committee.objects.filter(is_demo=True).exists():
            self.stdout.write("The demo community is loaded already; nothing was changed.")
            return
        if Committee.objects.exists():
            raise CommandError("There is a real committee in this house: no made-up people beside it.")
        password = options["password"] or secrets.token_urlsafe(9)
        build_demo(
            name=options["name"],
            on=iso_day(options["on"]) if options["on"] else timezone.localdate(),
            password=password,
        )
        if options["verbosity"]:
            self.stdout.write(f"Loaded. Sign-ins: {', '.join(PEOPLE)}. Password of all of them: {password}")
