"""Found a real community: a committee, and its first system administrator with a one-time password."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.actions import create_user
from accounts.models import User
from branches.actions import create_committee, give_role
from branches.models import Committee
from config.permissions import Role


class Command(BaseCommand):
    help = "Make a committee and its first system administrator; prints his one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="full name of the committee")
        parser.add_argument("--slug", required=True, help="its address on this site: /c/<slug>/")
        parser.add_argument("--admin", required=True, help="user name of the first system administrator")
        parser.add_argument("--phone", default="", help="the public phone number")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(username__iexact=options["admin"]).exists():
            raise CommandError(f"--admin: there is a user {options['admin']} already. Choose another name.")
        fields = {"phone": options["phone"]} if options["phone"] else {}
        try:
            committee: Committee = create_committee(name=options["name"], slug=options["slug"], **fields)
        except ValidationError as error:
            raise CommandError(
                "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
            ) from error
        try:
            user, password = create_user(
                username=options["admin"], full_name=options["admin"], by=None, committee=committee.pk
            )
        except ValidationError as error:
            raise CommandError(f"--admin: {' '.join(error.messages)}") from error
        give_role(user=user, role=Role.ADMIN, committee=committee, since=timezone.localdate(), by=None)
        self.stdout.write(f"{committee.name}: /c/{committee.slug}/\n{user.username}  {password}")
