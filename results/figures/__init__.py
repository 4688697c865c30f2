"""Figures and what they are made of: lettering, frames, panels, lines."""
