"""Files that a page hands to its visitor, in the address of a link: nothing has to be kept on the server."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any, Final

from scenarios.errors import Mistake

TYPES: Final = {
    "csv": "text/csv;charset=utf-8",
    "html": "text/html;charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "toml": "application/toml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By the ending of the file's name."""

LARGEST: Final = 40_000_000
"""Bytes; larger files are for the command line."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the visitor; number: differs from that of the one before, so that each is handed over once."""

    number: int
    name: str
    content: bytes


def next_download(before: Download | None, name: str, content: bytes) -> Download:
    """The file after the one before it. Raises Mistake where it is too large for a browser."""
    if len(content) > LARGEST:
        raise Mistake("is too large to be handed over by a browser", name, hint="use `effectchain results export`")
    return Download(before.number + 1 if before else 1, name, content)


def as_link(download: Download | None) -> dict[str, Any]:
    """What a page needs for it: its number, 0 where there is none, name and address."""
    if download is None:
        return {"number": 0}
    kind = TYPES[download.name.rsplit(".", 1)[1]]
    content = b64encode(download.content).decode()
    return {"number": download.number, "name": download.name, "content": f"data:{kind};base64,{content}"}
