"""Effect sizes of a population beside published ones: their statistics, verdicts, table and figure."""
