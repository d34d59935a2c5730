"""What beat starts, and how often. Every job asks "due and not yet done", so a missed run is caught up by the next."""

from celery.schedules import crontab

SCHEDULE = {
    "deliver waiting messages": {"task": "journal.tasks.deliver_waiting", "schedule": 60.0},
    "tell what visits are due": {"task": "visits.tasks.sweep", "schedule": crontab(hour="7-21", minute="*/15")},
    "tell what the council has left lying": {
        "task": "council.tasks.sweep",
        "schedule": crontab(hour="7-21", minute="*/15"),
    },
    "erase old visit notes": {"task": "visits.tasks.erase_notes", "schedule": crontab(hour="3", minute="40")},
    "erase expired audit rows": {
        "task": "journal.tasks.erase_expired_audit",
        "schedule": crontab(hour="3", minute="20"),
    },
}
