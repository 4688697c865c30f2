"""A user's mistake, said in words that help."""

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

LONGEST_ECHO: Final = 80
MOST_LISTED: Final = 8
UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """The text with control characters, direction marks and lone surrogates written as escapes."""
    if text.isprintable():  # nearly always, and forty times faster
        return text
    return "".join(_escaped(sign) if unicodedata.category(sign) in UNSAFE_CATEGORIES else sign for sign in text)


def _escaped(sign: str) -> str:
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def shortened(text: str) -> str:
    """At most 80 characters of the text, visible, with an ellipsis where some are left out."""
    return visible(text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1] + "…")


def end_of(text: str) -> str:
    """The last 80 characters of a path: of a long one, the end says most."""
    return text if len(text) <= LONGEST_ECHO else "…" + text[1 - LONGEST_ECHO :]


def shown(value: object) -> str:
    """A value from the user as it may be repeated in a message: as in TOML, short, and without hidden characters."""
    if isinstance(value, str):
        return f"'{shortened(value)}'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 4 * LONGEST_ECHO:
        return "a number of too many digits"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "a table" if isinstance(value, dict) else shortened(str(value))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The question "did you mean '…'?" with the nearest known word; empty where none is near."""
    near = get_close_matches(word[:LONGEST_ECHO].lower(), list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


class Mistake(ValueError):
    """A mistake of the user, not of the program; its text is all that the user needs to see.

    what: what is wrong, without a full stop; where: file, line, key; allowed: what would be right;
    hint: what to do. The text reads "where: what; hint. Allowed: allowed".
    """

    def __init__(self, what: str, where: str = "", allowed: str = "", hint: str = "") -> None:
        super().__init__(what, where, allowed, hint)
        self.what = what
        self.where = where
        self.allowed = allowed
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        text += f"; {self.hint}" if self.hint else ""
        if self.allowed:
            text += f"{'' if text.endswith('?') else '.'} Allowed: {self.allowed}"
        return visible(text)


class Mistakes(Mistake):
    """Several mistakes found together: the first eight, a line each, and how many there are in all."""

    def __init__(self, count: int, listed: Sequence[Mistake]) -> None:
        super().__init__(f"{count} mistakes")
        self.args = (count, listed)
        self.count = count
        self.listed = tuple(listed[:MOST_LISTED])

    def __str__(self) -> str:
        more = self.count - len(self.listed)
        lines = [f"{self.what}:", *map(str, self.listed), *([f"and {more} more"] if more else [])]
        return "\n".join(lines)


def one_mistake(found: Sequence[Mistake]) -> Mistake:
    """The only mistake itself, or all of them in one."""
    return found[0] if len(found) == 1 else Mistakes(len(found), found)
