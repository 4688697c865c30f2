"""The dashboard while it runs: its address, its web server, and the browser that opens once it listens."""

import errno
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from effectchain.dashboard.shielding import ANY_ADDRESS, LOCAL, host_of
from scenarios.errors import Mistake, shown

NEXT: Final = 50
"""How many ports after a taken one are tried, to offer a free one."""

FAREWELL: Final = 1
"""Seconds that open pages get to say goodbye."""


LARGEST_MESSAGE: Final = 8_000_000
"""Bytes that a page may send at once: a spreadsheet of 5 MB, as text."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Who may come in: token: None for whoever is on this machine. names: under which others ask for the dashboard."""

    token: str | None = None
    names: tuple[str, ...] = ()

    def hosts(self, host: str) -> frozenset[str]:
        """The names under which a dashboard that listens at this host may be asked for. Raises Mistake."""
        wrong = next((name for name in self.names if host_of(name) != name.lower()), None)
        if wrong is not None:
            raise Mistake("is no name of a machine", shown(wrong), "such as dashboard.example.org")
        if self.names and self.token is None:
            raise _needs_token(self.names[0])
        others = LOCAL | {name.lower() for name in self.names}
        return others if host.lower() in LOCAL else others | {host.lower(), socket.gethostname().lower(), ANY_ADDRESS}


NOBODY_ELSE: Final = Admission()


def serve(
    host: str,
    port: int,
    language: str | None,
    on_listening: Callable[[str], None],
    admission: Admission = NOBODY_ELSE,
) -> None:
    """Serve the dashboard until it is interrupted.

    host: of this machine only, unless there is a token. port: 0 for any free one. language: in which the address
    opens; None leaves it to the browser. on_listening: is told the address once pages can be had. Raises Mistake where
    that cannot be.
    """
    from effectchain.dashboard.settings import configure  # noqa: PLC0415  a taken port needs no Solara

    hosts = admission.hosts(host)
    with listening(host, port, is_guarded=admission.token is not None) as door:
        configure()
        address = address_of(host, door.getsockname()[1], language)
        _run(door, hosts, admission.token, lambda: on_listening(address))


@contextmanager
def listening(host: str, port: int, *, is_guarded: bool = False) -> Iterator[socket.socket]:
    """A door of this machine at this port.

    is_guarded: whether who comes in must show a token. Raises Mistake where the port is not free, or the door opens to
    other machines unguarded.
    """
    if not is_guarded:
        refuse_others(host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise _no_door(host, port, error) from None
        yield door


def refuse_others(host: str) -> None:
    """Refuse to listen where other machines could come in: who comes in could read and change everything."""
    if host.lower() not in LOCAL:
        raise _needs_token(host)


def _needs_token(host: str) -> Mistake:
    return Mistake(
        f"The dashboard does not open to other machines without an access token, and {shown(host)} would: whoever "
        "reaches it could read and change everything",
        hint="add --token-file with a file of your own, made where there is none; or leave out --host and --name",
    )


def _no_door(host: str, port: int, error: OSError) -> Mistake:
    if error.errno == errno.EADDRINUSE:
        other = free_port(host, port)
        hint = f"this one is free: effectchain dashboard --port {other}" if other else "choose another with --port"
        return Mistake(f"Port {port} is taken, perhaps by another dashboard", hint=hint)
    if error.errno == errno.EACCES:
        return Mistake(f"This machine does not let you use port {port}", hint="choose one from 1024 on with --port")
    return Mistake(f"This machine cannot listen on {host}:{port} ({error.strerror})", hint="choose 127.0.0.1")


def free_port(host: str, after: int) -> int | None:
    """The next port that nobody listens on, if there is one nearby."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(after + 1, min(after + NEXT, 65_536)):
        with socket.socket(family, socket.SOCK_STREAM) as door:
            try:
                door.bind((host, port))
            except OSError:
                continue
            return port
    return None


def address_of(host: str, port: int, language: str | None) -> str:
    """What to type into a browser."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/" + (f"?{urlencode({'lang': language})}" if language else "")


def open_browser(address: str) -> None:
    """Open the visitor's browser, without waiting for it; where there is none, the address was told."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _run(door: socket.socket, hosts: frozenset[str], token: str | None, on_listening: Callable[[], None]) -> None:
    """The web server on this door, until Ctrl-C."""
    import uvicorn  # noqa: PLC0415  loaded with Solara

    from effectchain.dashboard.web import application  # noqa: PLC0415

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if not self.should_exit:
                on_listening()

    config = uvicorn.Config(
        application(hosts, token),
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=FAREWELL,
        server_header=False,
        ws_max_size=LARGEST_MESSAGE,
    )
    Server(config).run(sockets=[door])
