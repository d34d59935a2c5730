"""Where settings come from: the environment, or the embedded keys that `manage.py run` made once."""

import errno
import os
import secrets
import sys
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config.valkey import free_port, valkey_url

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
KEYS_FILE = VAR_DIR / "keys.env"


def is_embedded() -> bool:
    """True under `manage.py` where `manage.py run` has made its keys; a web server started by hand is not."""
    return os.environ.get("EMBEDDED") == "1" or (Path(sys.argv[0]).name == "manage.py" and KEYS_FILE.exists())


def make_embedded_keys() -> None:
    """Write SECRET_KEY, FIELD_KEYS and INDEX_KEY once, into a file that only its owner can read."""
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    if KEYS_FILE.exists():
        return
    lines = (
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"FIELD_KEYS={Fernet.generate_key().decode()}\n"
        f"INDEX_KEY={secrets.token_urlsafe(32)}\n"
    )
    descriptor = os.open(KEYS_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(lines)


def prepare_embedded_run() -> None:
    """What `manage.py run` needs before the settings are read: the folder, its keys, the address of its Valkey."""
    os.environ["EMBEDDED"] = "1"
    os.environ["VAR_DIR"] = str(VAR_DIR.absolute())
    try:
        make_embedded_keys()
        if not os.access(VAR_DIR, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "Permission denied")  # pragma: no cover (root may write anywhere)
    except OSError as error:
        sys.exit(
            f"The folder for the house's data cannot be written to: {VAR_DIR} ({error.strerror}). VAR_DIR=… names another."
        )
    if not os.environ.get("REDIS_URL"):
        os.environ["VALKEY_PORT"] = str(free_port())
        os.environ["VALKEY_PASSWORD"] = secrets.token_urlsafe(32)
        os.environ["REDIS_URL"] = valkey_url(int(os.environ["VALKEY_PORT"]), os.environ["VALKEY_PASSWORD"])


def load_embedded_keys() -> None:
    """Fill what the environment leaves open from the embedded keys; what is set wins."""
    for line in KEYS_FILE.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)


def required(name: str) -> str:
    """The variable's value; ImproperlyConfigured names it when it is missing or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Production takes its keys from the environment: see .env.example. "
            "For a first look use `make run`, which makes its own."
        )
    return value


def listed(name: str, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def switched_on(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    return default if not value else value in {"1", "true", "yes", "on"}
