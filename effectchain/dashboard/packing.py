"""What a page is shown, as one text: nothing between here and the page then looks through it piece by piece."""

import json


def packed(value: object) -> str:
    """JSON text of tables, lists, texts and numbers; the page opens it with JSON.parse.

    Solara, ipywidgets and Vue each walk through tables and lists (for elements, for what changed, to watch them), which
    takes longer than the model for the few hundred numbers of a chart. Raises ValueError for a number that JSON lacks.
    """
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
