"""The house's settings for child processes of a test that runs at any hour: nobody sleeps."""

from config.settings import *  # noqa: F403

WAKING_HOURS = ("00:00", "23:59:59")
