"""What moves an indicator: as numbers, table and figure."""
