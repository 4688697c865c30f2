"""Worlds that come from elsewhere: from a link, or from the page What-if of the same visit."""

from dataclasses import dataclass
from urllib.parse import parse_qs

from effectchain.dashboard.session import Session
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from scenarios.sharing import packed, unpacked


@dataclass(frozen=True, slots=True)
class Handed:
    """A baseline and its what-if, where there are some; mistake: what is wrong with the link."""

    pair: tuple[Scenario, Scenario] | None = None
    mistake: Mistake | None = None


def handed(session: Session, search: str | None) -> Handed:
    """What the address holds under `s`, or else what the page What-if has put into the session."""
    link = parse_qs(search or "").get("s", [""])[-1]
    if link:
        try:
            return Handed(_first_two(unpacked(link)))
        except Mistake as mistake:
            return Handed(_of_strategist(session), mistake)
    return Handed(_of_strategist(session))


def _of_strategist(session: Session) -> tuple[Scenario, Scenario] | None:
    base, what_if = session.found("strategist.base"), session.found("strategist.what_if")
    return _first_two((base, what_if)) if base and what_if else None


def _first_two(scenarios: tuple[Scenario, ...]) -> tuple[Scenario, Scenario] | None:
    """Baseline and first what-if, where they differ: a baseline alone has no other world beside it."""
    base, *what_ifs = scenarios
    return (base, what_ifs[0]) if what_ifs and what_ifs[0].digest() != base.digest() else None


def link_of(pair: tuple[Scenario, Scenario] | None) -> str:
    """These worlds as they stand in an address under `s`; empty where they do not fit into one."""
    if pair is None:
        return ""
    try:
        return packed(pair)
    except Mistake:
        return ""
