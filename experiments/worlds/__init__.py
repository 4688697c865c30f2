"""Worlds of one scenario: begun, lived week by week, watched, guarded, and kept as tables."""
