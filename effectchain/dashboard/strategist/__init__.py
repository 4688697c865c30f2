"""The page 'strategist'."""
