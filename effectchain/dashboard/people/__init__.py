"""The page 'people'."""
