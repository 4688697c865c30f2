"""One world: the Mesa model, the week, luck, and the table of indicators."""
