"""A sweep on disk: its parts, what is in them, and whether they are whole."""
