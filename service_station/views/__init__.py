"""Pages for the station, for the discipline member, and for residents."""
