#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config.environment import prepare_embedded_run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["run"]:
        prepare_embedded_run()  # the settings read what this writes
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a missing key, a wrong DATABASE_URL: the message says it all
        sys.exit(f"{error}")
