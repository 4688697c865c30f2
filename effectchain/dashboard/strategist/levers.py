"""What one moves: a building block's goal, start, pace and approach, as an intervention beside the baseline's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from agents.blocks import BLOCKS
from scenarios.intervention import Approach, Intervention
from scenarios.scenario import Scenario

PACE: Final = 52
"""Weeks in which a block is strengthened, unless one says otherwise."""

APPROACHES: Final[tuple[Approach, ...]] = ("top_down", "bottom_up", "combined")
HELD: Final = "style_held"
SEATS: Final = "seats"
LEAST: Final = 0.005
"""A goal nearer to where a block stands is none."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One block as the what-if has it: where it stands, where it should be, and its own work, if there is any.

    more: further stretches of work on this block, which the lever leaves alone. amount: in which of its three forms the
    work says how much ('to', 'effort', 'budget'); '' where there is none.
    """

    block: str
    designed: float
    lived: float
    goal: float
    start: int
    weeks: int
    approach: Approach
    amount: str
    more: int

    @property
    def is_moved(self) -> bool:
        """Whether the what-if does something here that its baseline doesn't."""
        return bool(self.amount)


def own_work(base: Scenario, what_if: Scenario) -> tuple[Intervention, ...]:
    """What the what-if does beside its baseline, each piece once."""
    left = list(base.interventions)
    own = []
    for one in what_if.interventions:
        if one in left:
            left.remove(one)
        else:
            own.append(one)
    return tuple(own)


def levers(base: Scenario, what_if: Scenario) -> tuple[Lever, ...]:
    """The nine levers in the order of the blocks."""
    own = own_work(base, what_if)
    return tuple(_lever(base, block, [one for one in own if one.block == block]) for block in BLOCKS)


def _lever(base: Scenario, block: str, work: list[Intervention]) -> Lever:
    maturity = getattr(base.building_blocks, block)
    first = work[0] if work else None
    amount = next((name for name in ("to", "effort", "budget") if first and getattr(first, name) is not None), "")
    goal = first.to if first and first.to is not None else maturity.designed
    return Lever(
        block,
        maturity.designed,
        maturity.lived,
        goal,
        first.start if first else 1,
        first.weeks if first else PACE,
        first.approach if first else "combined",
        amount,
        max(0, len(work) - 1),
    )


def moved(base: Scenario, what_if: Scenario, block: str, change: Mapping[str, Any]) -> Scenario:
    """The what-if with this block's own work changed; a goal where the block stands already takes its work away.

    change: any of to (0 to 1), start, weeks, approach. Raises Mistake for what cannot be.
    """
    lever = levers(base, what_if)[BLOCKS.index(block)]
    own = list(own_work(base, what_if))
    place = next((number for number, one in enumerate(own) if one.block == block), None)
    present = own.pop(place).model_dump(exclude_none=True) if place is not None else _nothing(lever)
    if "to" in change:
        present = {key: value for key, value in present.items() if key not in {"effort", "budget", "name"}}
    wanted = {**present, **change}
    if "to" in wanted and abs(wanted["to"] - lever.designed) < LEAST:
        return _with_own(base, what_if, own)
    longest = what_if.weeks
    wanted["start"] = min(max(1, wanted["start"]), longest)
    return _with_own(base, what_if, _inserted(own, place, wanted))


def _nothing(lever: Lever) -> dict[str, Any]:
    return {
        "block": lever.block,
        "start": lever.start,
        "weeks": lever.weeks,
        "approach": lever.approach,
        "to": lever.goal,
    }


def _inserted(
    own: list[Intervention], place: int | None, wanted: dict[str, Any]
) -> list[Intervention | dict[str, Any]]:
    at = len(own) if place is None else place
    return [*own[:at], wanted, *own[at:]]


def _with_own(base: Scenario, what_if: Scenario, own: list[Any]) -> Scenario:
    plain = [
        one if isinstance(one, dict) else one.model_dump(mode="json", exclude_none=True)
        for one in (*base.interventions, *own)
    ]
    return what_if.with_(interventions=plain)


def reset(base: Scenario, what_if: Scenario) -> Scenario:
    """The what-if with nothing done beside its baseline; assumptions stay, since they hold for both."""
    return base.with_(name=what_if.name)


def with_approach(base: Scenario, what_if: Scenario, approach: str) -> Scenario:
    """The what-if with all its own work led this way. Raises Mistake for a way that there is not."""
    own = [{**one.model_dump(mode="json", exclude_none=True), "approach": approach} for one in own_work(base, what_if)]
    return _with_own(base, what_if, own)


def common_approach(base: Scenario, what_if: Scenario) -> str:
    """The approach of all own work; '' where it differs, 'combined' where there is no work."""
    found = {one.approach for one in own_work(base, what_if)}
    return found.pop() if len(found) == 1 else "" if found else "combined"


def with_style(base: Scenario, what_if: Scenario, style: float | None) -> Scenario:
    """The what-if in which every leader's style is held at this value; None lets it follow from block 3 again."""
    behaviour = {name: value for name, value in what_if.behaviour.items() if name != HELD}
    if style is not None:
        behaviour[HELD] = style
    elif HELD in base.behaviour:
        behaviour[HELD] = base.behaviour[HELD]
    return _with_behaviour(what_if, behaviour)


def style_of(scenario: Scenario) -> float | None:
    """At what value leaders' style is held; None where it follows from block 3."""
    held = scenario.behaviour.get(HELD, -1.0)
    return held if held >= 0.0 else None


def with_seats(base: Scenario, what_if: Scenario, share: float) -> Scenario:
    """The what-if with this share more (or fewer) authorised seats from week 1 on; 0 for the baseline's."""
    shocks = [one.model_dump(mode="json", exclude_none=True) for one in base.shocks]
    if share:
        shocks.append({"kind": SEATS, "start": 1, "weeks": what_if.weeks, "size": share})
    return what_if.with_(shocks=shocks)


def seats_of(base: Scenario, what_if: Scenario) -> float:
    """The share of seats that the what-if has more than its baseline."""
    own = [one for one in what_if.shocks if one not in base.shocks and one.kind == SEATS]
    return sum(one.size for one in own)


def with_proposition(what_if: Scenario, proposition: str) -> Scenario:
    """The what-if that wants to be chosen for this. Raises Mistake for what there is not."""
    return what_if.with_({"organisation.value_proposition": proposition})


def with_assumption(scenario: Scenario, name: str, value: float | None) -> Scenario:
    """The scenario with another value of a behaviour parameter; None for the usual one. Raises Mistake."""
    behaviour = {key: number for key, number in scenario.behaviour.items() if key != name}
    if value is not None:
        behaviour[name] = value
    return _with_behaviour(scenario, behaviour)


def _with_behaviour(scenario: Scenario, behaviour: Mapping[str, float]) -> Scenario:
    emptied = dict.fromkeys(set(scenario.behaviour) - set(behaviour))
    return scenario.with_({f"behaviour.{name}": value for name, value in {**behaviour, **emptied}.items()})
