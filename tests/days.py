"""The days for which the demo is built in tests: ends of years, leap days, the day of the source and the one before."""

from datetime import date

AWKWARD_DAYS = [date(2026, 1, 1), date(2028, 2, 29), date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 7)]
DAYS_OF_MORE_YEARS = [date(2024, 2, 29), date(2025, 1, 1), date(2025, 3, 29), date(2025, 3, 30), *AWKWARD_DAYS]
