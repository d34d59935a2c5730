"""Everything that is done in the council, by subject."""

from council.actions.topics import open_topic

__all__ = ["open_topic"]
