"""An explanation: as numbers, table and figure."""
