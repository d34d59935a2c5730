#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from config.environment import prepare_embedded_run

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["run"]:
        prepare_embedded_run()  # the settings read what this writes
    execute_from_command_line(sys.argv)
