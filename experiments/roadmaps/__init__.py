"""Roadmaps: which building block to work on when, how much and by which approach, searched under a budget."""
