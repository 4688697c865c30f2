"""What surrounds the organisation: rivals, promises and who talks to whom."""

from scenarios.table import Table, key


class Market(Table):
    """Rivals, the promise made, and the network of customers and prospects."""

    rival_share: float = key(0.6, "prospects who are with a rival at the start", "share", 0, 1)
    rival_quality: float = key(0.60, "performance of the rivals at the start", "0 to 1", 0, 1)
    promise: float = key(0.0, "promise above what is delivered", "performance", -0.5, 0.5)
    contacts: int = key(8, "people with whom one person talks about service", "people", 0, 64)
    random_contacts: float = key(0.1, "contacts outside one's own circle", "share", 0, 1)
