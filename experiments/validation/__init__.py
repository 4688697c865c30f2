"""Patterns that the model must show, and the paired experiments that find out whether it does."""
