"""The panel from which one takes files along; it stands below the strategist's answers."""

from collections.abc import Callable, Sequence
from typing import Any

import solara

from effectchain.dashboard.downloads import as_link
from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.taking.making import Taking, made_in_thread, ordered
from effectchain.dashboard.words import words_of
from experiments.live.answer import Answer
from results.chain import chain_links
from results.indicators import INDICATORS
from scenarios.errors import Mistake


@solara.component_vue("taking.vue", vuetify=False)
def _Taking(picture: dict[str, Any], words: dict[str, str], event_take: Callable[[dict[str, Any]], None]) -> None:
    """Buttons for files."""


@solara.component
def TakingPanel(answer: Answer | None, titles: Sequence[str], language: str, *, is_shown: bool) -> solara.Element:
    """The panel of what is known now; titles: of all scenarios, the baseline's first."""
    taking, see = solara.use_state(Taking())
    count = solara.use_ref(0)

    def take(what: dict[str, Any]) -> None:
        if answer is None or taking.busy:
            return
        try:
            order = ordered(what)
        except Mistake as wrong:
            see(Taking(mistake=wrong))
            return
        count.current += 1
        see(Taking(busy=order.form))
        made_in_thread(answer, titles, order, language, count.current, see)

    if not is_shown:
        return solara.v.Html(tag="div")
    return _Taking(picture=taking_picture(answer, taking, language), words=words_of_panel(language), event_take=take)


def words_of_panel(language: str) -> dict[str, str]:
    """The panel's phrases."""
    return dict(words_of("taking", language))


def taking_picture(answer: Answer | None, taking: Taking, language: str) -> dict[str, Any]:
    """What can be taken along now, and the last file that was made."""
    words = words_of("taking", language)
    worlds = answer.worlds if answer else 0
    sector = answer.scenarios[0].organisation.sector if answer else "commercial"
    heads = [link.indicators[0] for link in chain_links(sector)]
    figures = [{"value": "", "text": words["chain"]}]
    figures += [{"value": name, "text": INDICATORS[name].title(language)} for name in heads]
    figures += [{"value": "cash", "text": words["cash"]}] if sector == "commercial" else []
    return {
        "note": words["note"].format(worlds=worlds) if worlds else words["wait"],
        "can": bool(worlds),
        "figures": figures,
        "tables": [{"value": name, "text": words[name]} for name in ("years", "weekly")],
        "busy": taking.busy,
        "mistake": sentence(taking.mistake, language) if taking.mistake else "",
        "made": words["made"].format(name=taking.download.name) if taking.download else "",
        "download": as_link(taking.download),
    }
