"""The pages of the council's room."""
