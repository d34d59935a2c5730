"""The Celery application with a beat that does in seconds what it otherwise does in minutes."""

from config.celery import app

app.conf.beat_schedule = {
    "tell what visits are due": {"task": "visits.tasks.sweep", "schedule": 1.0},
    "deliver waiting messages": {"task": "journal.tasks.deliver_waiting", "schedule": 1.0},
}
