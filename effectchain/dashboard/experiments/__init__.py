"""The page 'experiments'."""
