"""`rule` and `entry`: what turns a behaviour rule written in plain Python into compiled code.

Compiled entry points are kept on disk. Numba notices a change in the file of the entry point itself, but not in
another file whose functions it calls; a stale world would then run without a word. So the folder's name is a hash
of everything that a compiled week can consist of, and of all that decides what the compiler makes of it.
"""

import hashlib
import inspect
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
from numba import njit
from numba.extending import register_jitable
from platformdirs import user_cache_path

from agents.compiler import RuleCompiler

Function = TypeVar("Function", bound=Callable[..., Any])

HOUSE: Final = Path(__file__).resolve().parent.parent
ROOMS: Final = (HOUSE / "agents", HOUSE / "simulation")
"""Where compiled code may come from."""

FOLDERS_KEPT: Final = 4
"""So many versions of the rules stay compiled: enough to go back and forth between a few branches."""

COMPILER_SETTINGS: Final = ("OPT", "BOUNDSCHECK", "DISABLE_INTEL_SVML", "LOOP_VECTORIZE", "SLP_VECTORIZE")
"""Settings of numba's that change the code it makes and that its own key leaves out."""

COMPILED: Final[dict[str, Any]] = {"error_model": "numpy", "_nrt": False}
"""How all is compiled: zeros divide as in NumPy, and there is no run time for memory, since nothing asks for any."""

PART: Final[dict[str, Any]] = {
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
    "pipeline_class": RuleCompiler,
    **COMPILED,
}
"""How what only compiled code calls is compiled."""

folder_name = re.compile(r"rules-[0-9a-f]{16}")


def rule(function: Function) -> Function:
    """One rule: plain Python where Python calls it, compiled where an entry point does.

    So each rule can be read, tried and tested by itself, and costs nothing where speed counts. Inside compiled code
    division by zero gives an infinity or NaN, as in NumPy. No wrappers are made for calls from Python: they would
    take half of the time to compile. Nothing is allocated, so references aren't counted either: a quarter faster.
    """
    compiled: Function = register_jitable(**PART)(function)
    return compiled


def inlined(function: Function) -> Function:
    """A rule whose text is put in the place of each call, so that a loop over it can take several people at once."""
    compiled: Function = register_jitable(inline="always", **COMPILED)(function)
    return compiled


def step(function: Function) -> Function:
    """A rule that takes a whole world for one person: as `rule`, but its code is put in the place of each call.

    A world is handed over by value, a hundred numbers and more; for one encounter that takes longer than most rules.
    """
    compiled: Function = register_jitable(forceinline=True, **PART)(function)
    return compiled


def loop(function: Function) -> Function:
    """A rule that is one plain loop: optimised by itself too, before it is linked into what calls it.

    Left to the entry point, the compiler no longer sees on some processors that such a loop can take several at once.
    """
    compiled: Function = register_jitable(no_cpython_wrapper=True, no_cfunc_wrapper=True, **COMPILED)(function)
    return compiled


def formula(function: Function) -> Function:
    """A function of a few numbers: as `step` within compiled code, and compiled where plain Python calls it too.

    In plain Python it would take a hundred times as long as the C library's functions, and rules call it often.
    """
    if is_interpreted():
        return rule(function)
    return kept(function, forceinline=True)


def entry(function: Function) -> Function:
    """A rule that plain Python calls: compiled with all that it calls, free of the GIL, and kept on disk.

    Only a function of these rooms is kept, because the key of the folder knows no other sources. `py_func` of the
    result is the same in plain Python; EFFECTCHAIN_INTERPRETED=1 gives that at once.
    """
    return function if is_interpreted() else kept(function, nogil=True)


def kept(function: Function, **how: Any) -> Function:
    """The function compiled, kept on disk where that is possible and else compiled anew in each process."""
    folder = cache_folder() if is_of_these_rooms(function) else None
    if folder is None:
        return compiled_now(function, **how)
    try:
        with compiled_into(folder):
            return compiled_now(function, cache=True, **how)
    except RuntimeError:  # numba can't use the folder after all: it was taken away, or the code lies in an archive
        return compiled_now(function, **how)


def is_kept(function: Function) -> bool:
    """Whether an entry point of these very rules is on disk, as the index file says that numba writes last."""
    if is_interpreted() or cache_folder() is None:
        return False
    dispatcher: Any = function
    return any(Path(dispatcher.stats.cache_path).glob(f"*{dispatcher.py_func.__name__}-*.nbi"))


def compiled_now(function: Function, **how: Any) -> Function:
    """The function compiled when it is first called."""
    return cast("Function", njit(**how, **COMPILED)(function))


def is_interpreted() -> bool:
    """Whether entry points stay plain Python: EFFECTCHAIN_INTERPRETED=1, read when they are defined."""
    return os.environ.get("EFFECTCHAIN_INTERPRETED") == "1"


def is_of_these_rooms(function: Callable[..., Any]) -> bool:
    """Whether the source hash covers the file in which this function stands."""
    file = Path(inspect.getfile(function)).resolve()
    return any(file.is_relative_to(room) for room in ROOMS)


@cache
def source_hash() -> str:
    """What the model is: SHA-256 over names and texts of these rooms' code and tables of numbers, as 64 hex digits."""
    return hash_of({".py", ".toml"})


def hash_of(endings: set[str]) -> str:
    """SHA-256 over names and texts of these rooms' files with such endings, and the user's rules, as 64 hex digits."""
    digest = hashlib.sha256()
    own = own_rules()
    if own is not None and own.is_file():
        digest.update(b"own rules\n" + own.read_bytes())
    for file in sorted(path for room in ROOMS for path in room.rglob("*") if path.suffix in endings):
        text = file.read_bytes()
        digest.update(f"{file.relative_to(HOUSE).as_posix()} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def own_rules() -> Path | None:
    """The file with the user's rules in the place of shipped ones: EFFECTCHAIN_RULES, if it is set."""
    chosen = os.environ.get("EFFECTCHAIN_RULES")
    return Path(chosen).absolute() if chosen else None


def cache_base() -> Path:
    """The folder that holds the compiled folders: EFFECTCHAIN_CACHE, or else the user's own cache folder."""
    chosen = os.environ.get("EFFECTCHAIN_CACHE")
    return Path(chosen).absolute() if chosen else user_cache_path("effectchain", appauthor=False)


@cache
def cache_folder() -> Path | None:
    """Where these very rules are kept compiled, made if need be; None if nothing can be written there."""
    folder = cache_base() / f"rules-{compiled_key()[:16]}"
    is_new = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return None
    os.utime(folder)
    if is_new:
        forget_old_folders(folder.parent)
    return folder


def compiled_key() -> str:
    """Hash of all that decides what machine code a rule becomes, apart from what numba's own key has.

    That is the processor and the types of records; the tables' numbers reach compiled code as data.
    """
    versions = [platform.python_version(), *(version(package) for package in ("numba", "llvmlite", "numpy"))]
    settings = [repr(getattr(numba.config, name, None)) for name in COMPILER_SETTINGS]
    return hashlib.sha256("\n".join([hash_of({".py"}), *versions, *settings]).encode()).hexdigest()


def forget_old_folders(base: Path) -> None:
    """Keep the compiled folders that were used last; a process that still runs an older one makes it anew."""
    folders = [path for path in base.iterdir() if folder_name.fullmatch(path.name)]
    by_last_use = sorted(folders, key=last_use, reverse=True)
    for folder in by_last_use[FOLDERS_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)


def last_use(folder: Path) -> float:
    """When this compiled folder was last asked for, in seconds since 1970; 0 once another process removed it."""
    with suppress(OSError):
        return folder.stat().st_mtime
    return 0.0


@contextmanager
def compiled_into(folder: Path) -> Iterator[None]:
    """Let numba choose this folder, and none of its other places, for a function decorated in here.

    Numba chooses when it decorates and has one setting for the whole process, so others must find theirs again.
    """
    ours = {"CACHE_DIR": str(folder), "CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator"}
    theirs = {name: getattr(numba.config, name, "") for name in ours}
    set_numba(ours)
    try:
        yield
    finally:
        set_numba(theirs)


def set_numba(settings: dict[str, str]) -> None:
    """Set these settings of numba's for the process."""
    for name, value in settings.items():
        setattr(numba.config, name, value)
