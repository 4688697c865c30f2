"""The page 'diagnosis'."""
