"""One file for the user: whole or not at all, and never over another unless told to."""

import os
import tempfile
from pathlib import Path

from scenarios.errors import Mistake, end_of


def write_file(path: Path, content: str | bytes, where: str = "", *, force: bool = False) -> None:
    """Write the content, text in UTF-8. Raises Mistake when the file exists, unless forced, or cannot be written.

    where: how a mistake names the file; by default its path.
    """
    named = where or end_of(str(path))
    if os.path.lexists(path) and not force:
        raise Mistake("exists", named, hint="choose another name, or add --force to replace it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            draft = Path(folder) / "draft"
            draft.write_bytes(content.encode() if isinstance(content, str) else content)
            draft.replace(path)
    except OSError as error:
        raise Mistake(f"cannot be written: {error.strerror}", named) from None
