from django.apps import AppConfig
from django.db.models.signals import post_migrate

from journal.triggers import install_audit_triggers


class JournalConfig(AppConfig):
    name = "journal"

    def ready(self) -> None:
        post_migrate.connect(install_audit_triggers, sender=self, dispatch_uid="journal.audit_triggers")
