"""The whole program as its own process, with an emulator for Meta and a person with a phone."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whatsapp_emulator.config import Settings as EmulatorSettings
from whatsapp_emulator.serve import serve
from whatsapp_emulator.testing import Person, call, fetch

CURP = "HEGG560427MVZRRL04"
NAME = "Gloria Hernández García"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass(slots=True)
class Program:
    """`ventanilla serve`, or its halves, each in a process of its own; to be killed and started again."""

    env: dict[str, str]
    url: str
    emulator_url: str
    app_secret: str
    parts: tuple[str, ...] = ("serve",)
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def start(self) -> None:
        for part in self.parts:
            self.processes.append(subprocess.Popen([sys.executable, "-m", "ventanilla", part], env=self.env))
        end = time.monotonic() + 30
        while time.monotonic() < end and all(p.poll() is None for p in self.processes):
            try:
                if fetch("GET", f"{self.url}/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the program did not start")

    def stop(self, how: int = signal.SIGTERM) -> None:
        for process in self.processes:
            process.send_signal(how)
        for process in self.processes:
            process.wait(20)
        self.processes.clear()


@contextmanager
def running(
    dsn: str, data_dir: Path, *, duplicates: int = 1, parts: tuple[str, ...] = ("serve",), **settings: str
) -> Iterator[Program]:
    """Secrets are made here and now; both servers listen on loopback and end with the block."""
    port, app_secret, token = free_port(), secrets.token_hex(16), secrets.token_hex(16)
    verify = secrets.token_hex(8)
    emulator = EmulatorSettings(
        app_secret=app_secret,
        access_token=token,
        verify_token=verify,
        port=0,
        webhook_url=f"http://127.0.0.1:{port}/webhooks/whatsapp",
        duplicates=duplicates,
    )
    with serve(emulator) as at:
        env = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")} | {
            "VENTANILLA_DEMO": "1",
            "VENTANILLA_DATA_DIR": str(data_dir),
            "VENTANILLA_DATABASE_URL": dsn,
            "VENTANILLA_PORT": str(port),
            "VENTANILLA_WHATSAPP_API_URL": at.url,
            "VENTANILLA_WHATSAPP_PHONE_NUMBER_ID": emulator.phone_number_id,
            "VENTANILLA_WHATSAPP_APP_SECRET": app_secret,
            "VENTANILLA_WHATSAPP_ACCESS_TOKEN": token,
            "VENTANILLA_WHATSAPP_VERIFY_TOKEN": verify,
            "VENTANILLA_HORIZON_DAYS": "60",
            **{f"VENTANILLA_{k.upper()}": v for k, v in settings.items()},
        }
        program = Program(env, f"http://127.0.0.1:{port}", at.url, app_secret, parts)
        program.start()
        try:
            yield program
        finally:
            program.stop()


@dataclass(slots=True)
class Talker:
    """A person who answers what they are asked. Counts what goes both ways."""

    program: Program
    wa_id: str = "5215512345678"
    said: int = 0
    seen: int = 0
    got: list[dict[str, Any]] = field(default_factory=list)
    patience: float = 30

    @property
    def phone(self) -> Person:
        return Person(self.program.emulator_url, self.wa_id)

    def says(self, text: str, answers: int = 1) -> list[dict[str, Any]]:
        return self._does(answers, text=text)

    def taps(self, title: str, answers: int = 1) -> list[dict[str, Any]]:
        """What the last messages offer under a title that begins so."""
        for entry in reversed(self.got):
            for option in options(entry):
                if option["title"].startswith(title):
                    if entry["payload"]["interactive"]["type"] == "list":
                        return self._does(answers, choose=option["id"])
                    return self._does(answers, button=option["id"])
        raise AssertionError(f"nothing to tap called {title!r}")

    def does(self, answers: int = 1, **action: Any) -> list[dict[str, Any]]:
        return self._does(answers, **action)

    def _does(self, answers: int, **action: Any) -> list[dict[str, Any]]:
        self.phone.does(**action)
        self.said += 1
        got = self.phone.gets(answers, after=self.seen, seconds=self.patience) if answers else []
        self.seen = max((e["n"] for e in got), default=self.seen)
        self.got += got
        return got

    def media(self, entry: dict[str, Any]) -> bytes:
        kind = entry["payload"]["type"]
        media_id = entry["payload"][kind]["id"]
        status, content = fetch("GET", f"{self.program.emulator_url}/control/media/{media_id}")
        assert status == 200
        return content


def options(entry: dict[str, Any]) -> list[dict[str, str]]:
    if entry["type"] != "interactive":
        return []
    action = entry["payload"]["interactive"]["action"]
    replies = [b["reply"] for b in action.get("buttons", [])]
    return replies + [row for s in action.get("sections", []) for row in s["rows"]]


def text_of(entry: dict[str, Any]) -> str:
    payload = entry["payload"]
    body: str = (
        payload["interactive"]["body"]["text"] if "interactive" in payload else payload["text"]["body"]
    )
    return body


def books(person: Talker, curp: str = CURP, name: str = NAME) -> list[dict[str, Any]]:
    """An adult's first booking from "hola" to the triptych; gives the seven of the confirmation."""
    person.says("hola")
    person.taps("Acepto")
    person.taps("Agendar")
    person.taps("Para mí")
    person.taps("Primera")
    person.says(curp)
    person.says(name)
    person.taps("INE")
    person.says("123456789")
    person.taps("10 años")
    person.taps("Sin correo")
    person.says("Coyoacan")
    person.taps("Coyoacán")
    person.says("el más pronto")
    person.says("el primero")
    return person.taps("Confirmar", answers=7)


def counters(program: Program) -> dict[str, Any]:
    found: dict[str, Any] = call("GET", f"{program.emulator_url}/control/counters")[1]
    return found
