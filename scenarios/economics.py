"""Prices, pay and what change costs."""

from scenarios.table import MOST_MONEY, Table, key


class Economics(Table):
    """The money side; one currency throughout."""

    price: float = key(100.0, "what an encounter of relative price 1 brings in", "money", 0, MOST_MONEY)
    fee: float = key(
        0.0, "what a customer of relative spend 1 pays however often there is contact", "money a year", 0, MOST_MONEY
    )
    pay: float = key(42_000.0, "pay of one employee", "money a year", 0, MOST_MONEY)
    overhead: float = key(900_000.0, "fixed cost beside pay", "money a year", 0, MOST_MONEY)
    budget: float = key(
        0.0, "what a non-profit organisation may spend; others earn theirs", "money a year", 0, MOST_MONEY
    )
    compensation: float = key(0.5, "compensation at full distributive justice", "share of the price", 0, 5)
    replacement_cost: float = key(0.21, "what replacing one employee costs", "share of yearly pay", 0, 5)
    effort_cost: float = key(0.05, "weekly cost of an effort of 1", "share of the weekly payroll", 0, 10)
    acquisition_cost: float = key(30.0, "what winning one customer costs", "money", 0, MOST_MONEY)
    premium: float = key(0.10, "extra price that full satisfaction allows", "share of the price", 0, 1)
    interest: float = key(0.10, "interest by which later profit counts less", "share a year", 0, 1)
