"""How long things are kept, in calendar days."""

AUDIT_DAYS = 3 * 365  # graded protection, level 2, asks for six months at least
