"""Loaded once by the parent of all worker processes: what it has, its workers have from their first moment."""

from experiments import blocks  # noqa: F401  loads all that a block needs
from experiments.replication import prepare

prepare()
