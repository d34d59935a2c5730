"""The database itself refuses to change the audit trail, on both engines.

Installed after every migrate, because SQLite drops a table's triggers whenever a column is altered.
"""

from typing import Any

from django.db import connections

from config.retention import AUDIT_DAYS

SQLITE = [
    "DROP TRIGGER IF EXISTS journal_audit_no_update",
    "DROP TRIGGER IF EXISTS journal_audit_no_delete",
    """CREATE TRIGGER journal_audit_no_update BEFORE UPDATE ON journal_audit
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
    f"""CREATE TRIGGER journal_audit_no_delete BEFORE DELETE ON journal_audit
       WHEN julianday('now') - julianday(OLD.at) < {AUDIT_DAYS}
       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END""",
]
SQLITE_DROP = SQLITE[:2]

POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION journal_audit_refuse() RETURNS trigger AS $$
       BEGIN
         IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{AUDIT_DAYS} days' THEN RETURN OLD; END IF;
         RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
       END $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER journal_audit_rows BEFORE UPDATE OR DELETE ON journal_audit
       FOR EACH ROW EXECUTE FUNCTION journal_audit_refuse()""",
    """CREATE OR REPLACE TRIGGER journal_audit_truncate BEFORE TRUNCATE ON journal_audit
       FOR EACH STATEMENT EXECUTE FUNCTION journal_audit_refuse()""",
]
POSTGRESQL_DROP = [
    "DROP TRIGGER IF EXISTS journal_audit_rows ON journal_audit",
    "DROP TRIGGER IF EXISTS journal_audit_truncate ON journal_audit",
]


def _run(using: str, sqlite: list[str], postgresql: list[str]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if "journal_audit" not in connection.introspection.table_names(cursor):
            return  # pragma: no cover (a migration stopped before the table)
        for statement in sqlite if connection.vendor == "sqlite" else postgresql:
            cursor.execute(statement)


def install_audit_triggers(using: str = "default", **kwargs: Any) -> None:
    _run(using, SQLITE, POSTGRESQL)


def drop_audit_triggers(using: str = "default") -> None:
    """For the test runner's flush only; the next migrate or flush installs them again."""
    _run(using, SQLITE_DROP, POSTGRESQL_DROP)
