"""Effect sizes measured on a population of simulated units, beside published ones."""
