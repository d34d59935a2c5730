"""The house's settings with the test's own keys; the engine comes from tests/plugins/database.py."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "test-secret-key-that-is-long-enough-to-pass-the-check-0123456789")
os.environ.setdefault("FIELD_KEYS", "kHqk3k8eyqR1bq7cLwQ3pZ8m3m9n1r5X9t2v4w6y8zA=")
os.environ.setdefault("INDEX_KEY", "test-index-key")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.gettempdir()}/house-unused.sqlite3")  # outside pytest
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ.setdefault("HTTPS", "0")

from config.settings import *  # noqa: F403 (the keys must stand before the settings read them)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
CELERY_BROKER_URL = "memory://"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"] + ".test"}  # noqa: F405 (else in memory)
# WhiteNoise warns of a static folder that is not collected; the live server finds the files itself.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]  # noqa: F405
