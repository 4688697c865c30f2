"""What respondents answer: what an item reads of them, their own use of the scale, and chance; then a whole mark."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from experiments.surveys.form import ConstructForm, ItemForm, ScaleForm
from experiments.surveys.instrument import Instrument
from experiments.surveys.luck import bells
from experiments.surveys.respondents import stratum
from experiments.surveys.scene import Column, Numbers, Scene


def answers(scene: Scene, instrument: Instrument, seed: int, replication: int, numbers: Numbers) -> pa.Table:
    """One row a respondent: unit, week, respondent (customer or seat), segment or team, and the items.

    Items are whole numbers on the instrument's scale, null where an item does not apply to somebody.
    """
    form = instrument.form
    people = len(scene.world.customers if form.asks == "customers" else scene.world.employees)

    def spread(name: str, sd: float) -> Column:
        """A normal draw for each respondent under this name."""
        if sd == 0.0:
            return np.zeros(len(numbers))
        return np.asarray(sd * bells(seed, replication, name, people)[numbers])

    states = _states(scene, instrument, numbers)
    style = spread("style", form.style.sd)
    columns: dict[str, pa.Array] = {}
    for construct in form.constructs:
        scale = construct.scale or form.scale
        lean = construct.style * style + spread(f"construct {construct.name}", construct.specific)
        for item in construct.items:
            state = states[item.reads or construct.reads]
            mark = marks(state, construct, item, scale) + lean + spread(f"item {item.name}", item.error)
            columns[item.name] = _whole(mark, scale)
    keys = {
        "unit": pa.array(np.full(len(numbers), replication, "i4")),
        "week": pa.array(np.full(len(numbers), scene.week, "i4")),
        "respondent": pa.array(numbers.astype("i4")),
        "segment" if form.asks == "customers" else "team": pa.array(stratum(scene, instrument, numbers).astype("i4")),
    }
    return pa.table(keys | columns)


def marks(state: Column, construct: ConstructForm, item: ItemForm, scale: ScaleForm) -> Column:
    """What an item reads of these states on its scale, before anything distorts it."""
    zero = scale.low if item.zero is None else item.zero
    one = scale.high if item.one is None else item.one
    reached = construct.around + construct.loading * item.loading * (state - construct.around)
    return np.asarray(zero + (one - zero) * reached + construct.shift + item.shift)


def _states(scene: Scene, instrument: Instrument, numbers: Numbers) -> Mapping[str, Column]:
    """Every state that some item reads, of these respondents."""
    read = {item.reads or construct.reads for construct in instrument.form.constructs for item in construct.items}
    return {name: instrument.states[name].read(scene, numbers) for name in sorted(read)}


def _whole(mark: Column, scale: ScaleForm) -> pa.Array:
    """The nearest whole mark on the scale; null for none."""
    none = np.isnan(mark)
    answered = np.clip(np.rint(np.where(none, scale.low, mark)), scale.low, scale.high)
    return pa.array(answered.astype("i2"), mask=none)
