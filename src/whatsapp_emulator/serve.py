"""A server in this process: for the command line, and in a thread for tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from time import sleep

import uvicorn
from starlette.applications import Starlette

from whatsapp_emulator.app import create_app
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import Settings

KEEP_ALIVE_SECONDS = 75


class Server(uvicorn.Server):
    """Ends the event streams first: an open chat page must not hold up the end."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = self.config.app
        assert isinstance(app, Starlette)
        if emulator := getattr(app.state, "emulator", None):
            emulator.hub.close()
        await super().shutdown(sockets)


@dataclass(frozen=True, slots=True)
class Running:
    url: str  # without a slash at the end
    settings: Settings


def listening(host: str, port: int) -> socket.socket:
    listener = socket.create_server((host, port), backlog=2048)
    listener.setblocking(False)
    return listener


def server_of(app: Starlette) -> Server:
    """Clients close idle connections first: one that the server closes may just be in use again."""
    return Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
    )


@contextmanager
def serve_app(app: Starlette, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Any Starlette app in a thread; gives its address, ends with the block."""
    listener = listening(host, port)
    server = server_of(app)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        sleep(0.005)
    try:
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def serve(settings: Settings, clock: Clock | None = None) -> Iterator[Running]:
    """The emulator in a thread; port 0 takes a free one."""
    with serve_app(create_app(settings, clock), settings.host, settings.port) as url:
        yield Running(url, replace(settings, port=int(url.rpartition(":")[2])))
