"""One world: the Mesa model, the week, luck, and the ledger of indicators."""
