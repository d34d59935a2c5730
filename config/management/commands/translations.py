"""`manage.py translations extract | compile | check`: the Chinese catalogue, without gettext's programs."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import catalogues


class Command(BaseCommand):
    help = "extract: bring the catalogue up to date; compile: make what Django reads; check: name what is missing."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["extract", "compile", "check"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        if action == "compile":
            catalogues.compile_catalogue(catalogues.CATALOGUE)
        elif action == "extract":
            extracted = catalogues.extract(root)
            catalogues.update(catalogues.CATALOGUE, extracted)
            missing = sum(not catalogues.is_translated(entry) for entry in extracted)
            self.stdout.write(f"{len(extracted)} texts, {missing} without translation")
        else:
            self.check_all(root)

    def check_all(self, root: Path) -> None:
        lines = catalogues.faults(catalogues.CATALOGUE, catalogues.extract(root))
        lines += [
            f"Chinese text outside chinese.py and demo.py: {place}" for place in catalogues.chinese_literals(root)
        ]
        for line in lines:
            self.stderr.write(line)
        if lines:
            sys.exit(1)
        self.stdout.write("Every text is translated.")
