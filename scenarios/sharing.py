"""A few scenarios as a text that fits into a link: what makes them other than a preset, packed tightly.

The text is base64url of a version byte, a checksum and deflated JSON: the preset, the digest that it had, and what
differs from it; each further scenario as what differs from the first.
"""

import binascii
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from scenarios.checking import checked
from scenarios.errors import Mistake, shown
from scenarios.loading import load, presets
from scenarios.scenario import Scenario

VERSION: Final = 1
LONGEST: Final = 8_000
"""Characters of a text that goes into a link; browsers and chat programs cut longer ones."""

LARGEST: Final = 200_000
"""Bytes of JSON in it."""

MOST: Final = 6
"""Scenarios in it: a baseline and five what-ifs."""

COMMON: Final = (
    b'"building_blocks":{"culture":{"design":{"engagement":{"innovation":{"leadership":{"monitoring":{"operations":'
    b'{"strategy":{"understanding":{"designed":0.5,"lived":0.5}'
    b'"organisation":{"employees":"leaders":"economics":{"customers":{"active":"market":{"behaviour":{"programme":'
    b'{"coaching":"reflection":"targets":"upkeep":1.0,"about":{"assumptions":[],"sources":[],"text_en":"","text_nl":"",'
    b'"title_en":"","title_nl":"""shocks":[{"kind":"size":"weeks":156,"interventions":[{"approach":"combined",'
    b'"bottom_up","top_down","block":"effort":0.5,"start":1,"to":0.7,"upkeep":1.0,"weeks":26},{"approach":"combined",'
    b'"block":"name":"'
)
"""What such JSON often holds; part of version 1, so never changed."""

WHERE: Final = "link"
BROKEN: Final = "ask for it once more, or for the scenario file"


def packed(scenarios: Sequence[Scenario]) -> str:
    """The scenarios as a text for a link, in letters, digits, - and _. Raises Mistake for more than a link can hold."""
    if not 1 <= len(scenarios) <= MOST:
        raise Mistake(f"{len(scenarios)} scenarios do not go into a link", allowed=f"1 to {MOST}")
    base, *others = scenarios
    known = base.as_dict()
    changes = [difference(known, other.as_dict()) for other in others]
    text = min((_text(preset, known, changes) for preset in presets()), key=len)
    if len(text) > LONGEST:
        raise Mistake("is too much for a link", shown(base.name), hint="hand over the scenario file instead")
    return text


def unpacked(text: str) -> tuple[Scenario, ...]:
    """The scenarios of such a text, equal to those that were packed. Raises Mistake, whatever the text is."""
    found = _data(_json(text))
    preset, digest, first, *others = found
    ground = _preset(preset)
    if ground.digest() != digest:
        raise Mistake(
            f"this link builds on preset {shown(preset)} as another version of EffectChain has it",
            hint="ask for the scenario file instead",
        )
    base = _scenario(ground.as_dict(), first)
    return (base, *(_scenario(base.as_dict(), change) for change in others))


def difference(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """What must be laid over one table to come to another, key by key; None where a key is to go."""
    changed: dict[str, Any] = {name: None for name in below if name not in above}
    for name, value in above.items():
        old = below.get(name)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            inner = difference(old, value)
            if inner:
                changed[name] = inner
        elif name not in below or value != old or type(value) is not type(old):
            changed[name] = value
    return changed


def patched(below: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A table with a difference laid over it."""
    result = dict(below)
    for name, value in change.items():
        old = below.get(name)
        if value is None:
            result.pop(name, None)
        elif isinstance(old, Mapping) and isinstance(value, Mapping):
            result[name] = patched(old, value)
        else:
            result[name] = value
    return result


def _text(preset: str, known: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]) -> str:
    ground = _preset(preset)
    content = [preset, ground.digest(), difference(ground.as_dict(), known), *changes]
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=COMMON)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    body = squeezer.compress(canonical.encode()) + squeezer.flush()
    return urlsafe_b64encode(_head(body) + body).rstrip(b"=").decode()


def _head(body: bytes) -> bytes:
    return bytes([VERSION]) + zlib.crc32(body).to_bytes(4, "big")


def _json(text: str) -> bytes:
    """The JSON in a text. Raises Mistake for a text that is none of ours, damaged or too large."""
    if not text or len(text) > LONGEST or not text.isascii():
        raise Mistake("is no scenario, or too long for one", WHERE, hint=BROKEN)
    try:
        content = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        content = b""
    if content and content[0] > VERSION:
        raise Mistake("was made by a newer EffectChain", WHERE, hint="install that version, or ask for the file")
    head, body = content[:5], content[5:]
    if head != _head(body):
        raise Mistake("is damaged or cut short", WHERE, hint=BROKEN)
    try:
        return _opened(body)
    except zlib.error:
        raise Mistake("is damaged", WHERE, hint=BROKEN) from None


def _opened(body: bytes) -> bytes:
    opener = zlib.decompressobj(-15, zdict=COMMON)
    content = opener.decompress(body, LARGEST)
    if opener.unconsumed_tail or not opener.eof:
        raise Mistake("holds more than a scenario", WHERE, hint=BROKEN)
    return content


def _data(content: bytes) -> list[Any]:
    """Preset, its digest, and a table for each scenario. Raises Mistake for anything else."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, list) or not 3 <= len(data) <= 2 + MOST:
        raise Mistake("is no scenario", WHERE, hint=BROKEN)
    words, tables = data[:2], data[2:]
    if not all(isinstance(word, str) for word in words) or not all(isinstance(table, dict) for table in tables):
        raise Mistake("is no scenario", WHERE, hint=BROKEN)
    return data


def _scenario(below: Mapping[str, Any], change: Mapping[str, Any]) -> Scenario:
    try:
        return checked(Scenario, patched(below, change))
    except RecursionError:
        raise Mistake("is nested too deeply", WHERE, hint=BROKEN) from None


@cache
def _loaded(preset: str) -> Scenario:
    return load(preset)


def _preset(name: str) -> Scenario:
    if name not in presets():
        raise Mistake(f"this link builds on preset {shown(name)}, which this version of EffectChain does not have")
    return _loaded(name)
