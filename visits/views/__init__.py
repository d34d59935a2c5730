from visits.views.behalf import behalf_create, behalf_list
from visits.views.duties import duty_list, duty_log, duty_phone
from visits.views.occasions import (
    death_create,
    family_create,
    occasion_close,
    occasion_create,
    occasion_detail,
    occasion_discharge,
    occasion_notes,
)

__all__ = [
    "behalf_create",
    "behalf_list",
    "death_create",
    "duty_list",
    "duty_log",
    "duty_phone",
    "family_create",
    "occasion_close",
    "occasion_create",
    "occasion_detail",
    "occasion_discharge",
    "occasion_notes",
]
