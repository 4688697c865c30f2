"""Sweeps: all cells of an experiment, lived by threads, processes or a cluster."""
