"""Headline conclusions rerun under null models, other delays and draws of what is assumed."""
