"""The house as it runs, with one more address: the same bytes as a page, through the same middleware."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
