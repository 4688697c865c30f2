"""Loaded once by the parent of all worker processes: what it has, its workers have from their first moment."""

from experiments.sweeps import sweep  # noqa: F401  loads all that a worker or its user's script may need
from experiments.worlds.replication import prepare

prepare()
