"""How soon a page of the form is answered: `python -m bench.flows`.

Real encryption over real HTTP against the whole program (`web` and `work`, or `serve`, with the papers of
each booking) on a real PostgreSQL, while many people fill in whole bookings at once. This process is the
phones and a stand-in for Meta; what a phone takes to encrypt is not counted. Prints one table and writes
bench/flows.json.
"""

import argparse
import asyncio
import json
import os
import platform
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import psutil
from aiohttp import web
from rich.console import Console
from rich.table import Table
from tests.form_client import PEM, FormClient, fills_in

from bench.turns import Meta, _curp, _message, _ready
from ventanilla.config import read_settings
from ventanilla.db.forms import Flow, put_flow
from ventanilla.demonstration import prepare
from ventanilla.embedded import postgres
from ventanilla.jobs import utc_now
from ventanilla.settings import Settings

_MOST_MS = 300
# Apart, answers go before papers, as docs/operating.md has it.
_PARTS = {False: (((), "web"), (("nice", "-n", "10"), "work")), True: (((), "serve"),)}


@dataclass(slots=True)
class FormMeta(Meta):
    """Keeps the token of the form each person gets."""

    tokens: dict[str, "asyncio.Future[str]"] = field(default_factory=dict)

    async def take(self, request: web.Request) -> web.Response:
        message = await request.json()
        action = message.get("interactive", {}).get("action", {})
        if action.get("name") == "flow":
            self.tokens[message["to"]].set_result(action["parameters"]["flow_token"])
        self.sent += 1
        return web.json_response({"messages": [{"id": f"wamid.out.{self.sent}"}], "id": f"media{self.sent}"})

    async def token(self, phone: str) -> str:
        """For whoever writes and accepts the notice."""
        self.tokens[phone] = asyncio.get_running_loop().create_future()
        for n, line in enumerate(("hola", "@notice:accept")):
            self.waiting.append(_message(phone, f"wamid.in.{phone}.{n}", line))
            self.wake.set()
        return await self.tokens[phone]


@dataclass(slots=True)
class Timed(FormClient):
    """Without what the phone itself takes."""

    took: list[float] = field(default_factory=list)

    async def post(self, body: bytes, **headers: str) -> tuple[int, str]:
        started = time.perf_counter()
        answer = await FormClient.post(self, body, **headers)
        self.took.append(time.perf_counter() - started)
        return answer


def measure(people: int, at_once: int, *, one_process: bool) -> dict[str, Any]:
    with socket.create_server(("127.0.0.1", 0)) as meta, socket.create_server(("127.0.0.1", 0)) as hook:
        meta_port, hook_port = meta.getsockname()[1], hook.getsockname()[1]
    secret = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, postgres(Path(folder) / "pg") as dsn:
        env = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")} | {
            "VENTANILLA_DEMO": "1",
            "VENTANILLA_DATA_DIR": str(Path(folder) / "data"),
            "VENTANILLA_DATABASE_URL": dsn,
            "VENTANILLA_PORT": str(hook_port),
            "VENTANILLA_WHATSAPP_API_URL": f"http://127.0.0.1:{meta_port}",
            "VENTANILLA_WHATSAPP_PHONE_NUMBER_ID": "1",
            "VENTANILLA_WHATSAPP_APP_SECRET": secret,
            "VENTANILLA_FLOW_PRIVATE_KEY": PEM,
            "VENTANILLA_WHATSAPP_MESSAGES_PER_SECOND": "0",
        }
        asyncio.run(_prepared(read_settings(env), dsn))
        parts = [
            subprocess.Popen([*nice, sys.executable, "-m", "ventanilla", part], env=env)
            for nice, part in _PARTS[one_process]
        ]
        try:
            hook_url = f"http://127.0.0.1:{hook_port}"
            return asyncio.run(_measured(parts[0].pid, hook_url, meta_port, secret, people, at_once))
        finally:
            for part in parts:
                part.terminate()
            for part in parts:
                part.wait(30)


async def _prepared(settings: Settings, dsn: str) -> None:
    """Offices, 60 days of places, and a form that counts as published."""
    await prepare(settings, dsn, lambda done, of: None)
    conn = await asyncpg.connect(dsn)
    await put_flow(conn, Flow("es", "1000", "bench", True), utc_now())
    await conn.close()


async def _measured(
    program: int, hook_url: str, meta_port: int, secret: str, people: int, at_once: int
) -> dict[str, Any]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once + 20)) as session:
        meta = FormMeta(f"{hook_url}/webhooks/whatsapp", secret, session)
        app = web.Application(client_max_size=2**24)
        app.router.add_post("/v26.0/1/messages", meta.take)
        app.router.add_post("/v26.0/1/media", _kept)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", meta_port).start()
        await _ready(session, f"{hook_url}/readyz")
        posting = asyncio.create_task(meta.post())
        await _crowd(meta, hook_url, session, range(at_once), at_once)  # warm-up
        before, started = _cpu(program), time.perf_counter()
        took = await _crowd(meta, hook_url, session, range(at_once, at_once + people), at_once)
        wall = time.perf_counter() - started
        posting.cancel()
        figures = _figures(took, people, at_once, wall, _cpu(program) - before)
        await runner.cleanup()
        return figures


async def _kept(request: web.Request) -> web.Response:
    await request.read()
    return web.json_response({"id": secrets.token_hex(8)})


async def _crowd(
    meta: FormMeta, url: str, session: aiohttp.ClientSession, numbers: range, at_once: int
) -> list[float]:
    gate, took = asyncio.Semaphore(at_once), []

    async def one(number: int) -> None:
        async with gate:
            phone = Timed(url, await meta.token(f"52155{number:08}"), session, secret=meta.app_secret)
            await fills_in(phone, _curp(number), "Ana Bravo Cruz", at=number)
            done = await phone.sends()
            if done.page != "SUCCESS":
                raise RuntimeError(f"not booked: {done.status} {done.body}")
            took.extend(phone.took)

    await asyncio.gather(*(one(n) for n in numbers))
    return took


def _cpu(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _figures(took: list[float], people: int, at_once: int, wall: float, cpu: float) -> dict[str, Any]:
    cuts = [round(cut * 1000, 1) for cut in statistics.quantiles(sorted(took), n=100)]
    return {
        "bookings": people,
        "pages": len(took),
        "people at once": at_once,
        "pages per second": round(len(took) / wall, 1),
        "answer after, median ms": cuts[49],
        "answer after, p95 ms": cuts[94],
        "answer after, p99 ms": cuts[98],
        f"within {_MOST_MS} ms at p99": cuts[98] <= _MOST_MS,
        "CPU ms a page, first process": round(cpu / len(took) * 1000, 2),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


def _rows(figures: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in figures.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        yield name, shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--one-process", action="store_true", help="`serve` instead of `web` and `work`")
    given = parser.parse_args()
    figures = measure(given.people, given.at_once, one_process=given.one_process)
    table = Table("figure", "value")
    for row in _rows(figures):
        table.add_row(*row)
    Console().print(table)
    Path(__file__).with_name("flows.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
