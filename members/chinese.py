"""Chinese data of the register."""

# What people write where there is nothing; in a form it empties a field that is otherwise kept.
EMPTY_WORDS = frozenset({"无", "—", "-", "/"})
