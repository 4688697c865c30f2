"""The roadmap's panel, which stands in the strategist's page: plan, budget, weight, and the search for a better one."""

from collections.abc import Callable
from typing import Any, cast

import solara

from effectchain.dashboard.errands import Runner
from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.presence import while_attended
from effectchain.dashboard.roadmap.picture import first_wish, roadmap_picture
from effectchain.dashboard.roadmap.searching import Quest, search
from effectchain.dashboard.strategist.work import Sight
from effectchain.dashboard.words import words_of
from scenarios.errors import Mistake

Event = Callable[[dict[str, Any]], None]


@solara.component_vue("roadmap.vue", vuetify=False)
def _Roadmap(picture: dict[str, Any], words: dict[str, str], language: str, mistake: str, event_act: Event) -> None:
    """The time line and what stands below it."""


@solara.component
def RoadmapPanel(sight: Sight, language: str, on_act: Event, *, is_shown: bool) -> solara.Element:
    """The panel of the what-if in sight; a search goes on while one looks at something else of the page.

    on_act: takes {'kind': 'plan', 'do': …}, which `roadmap.planning.planned` makes of a what-if.
    """
    quest, see = solara.use_state(Quest())
    wish, want = solara.use_state(first_wish(sight.base))
    mistake, complain = solara.use_state(cast("Mistake | None", None))
    searcher = solara.use_memo(lambda: Runner(see), [])
    solara.use_effect(lambda: while_attended(_nothing, searcher.cancel), [])

    def act(what: dict[str, Any]) -> None:
        do = str(what.get("do"))
        complain(None)
        if do == "cancel":
            searcher.cancel()
        elif do == "take" and quest.found:
            on_act({"kind": "plan", "do": "replace", "works": quest.found.plan.as_data()})
        elif do in {"wish", "search"}:
            try:
                wished = wish.changed(what)
            except Mistake as wrong:
                complain(wrong)
                return
            want(wished)
            if do == "search":
                searcher.send(Quest(sight.base, wished), search)
        else:
            on_act({**what, "kind": "plan"})

    picture = solara.use_memo(
        lambda: roadmap_picture(sight, wish, quest, language) if is_shown else {},
        [is_shown, sight.base.digest(), sight.what_if.digest(), wish, id(quest), language],
    )
    if not is_shown:
        return solara.v.Html(tag="div")
    return _Roadmap(
        picture=picture,
        words=dict(words_of("roadmap", language)),
        language=language,
        mistake=sentence(mistake, language) if mistake else "",
        event_act=act,
    )


def _nothing() -> None:
    """A search that was called off is not begun again by itself."""
