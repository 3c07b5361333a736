"""Turns per second, end to end, with everything on one machine: `python -m bench.turns`.

A stand-in for Meta (this process) posts signed webhooks and takes the sends; the program runs in a
process of its own on its own PostgreSQL. Each person waits for the reply before writing again, so
the figure is of turns whose answer has arrived. Prints one table and writes bench/turns.json.
"""

import argparse
import asyncio
import hashlib
import hmac
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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from aiohttp import web
from rich.console import Console
from rich.table import Table

from ventanilla.core.curp import check_digit

# Everything up to the choice of the office: as many reads as writes, no papers.
TALK = (
    *("hola", "@notice:accept", "@menu:book", "@for-whom:me", "@procedure:first", "{curp}"),
    *("Ana Bravo Cruz", "@identification:ine", "123456789", "@validity:10:full", "@email:none"),
    *("Coyoacan", "@office:09-04"),
)
_HEADERS = {"Content-Type": "application/json"}


@dataclass(slots=True)
class Meta:
    """The other side: who waits for a reply, and how long it took."""

    hook: str
    app_secret: str
    session: aiohttp.ClientSession
    replies: dict[str, "asyncio.Future[None]"] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    took: list[float] = field(default_factory=list)
    sent: int = 0

    async def take(self, request: web.Request) -> web.Response:
        message = await request.json()
        if "status" in message:  # shown as read: no answer yet
            return web.json_response({"success": True})
        self.sent += 1
        person = self.replies.pop(message["to"], None)
        if person is not None and not person.done():
            person.set_result(None)
        return web.json_response({"messages": [{"id": f"wamid.out.{self.sent}"}]})

    async def talk(self, number: int) -> None:
        phone = f"52155{number:08}"
        for n, line in enumerate(TALK):
            reply: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.replies[phone] = reply
            started = time.perf_counter()
            self.waiting.append(_message(phone, f"wamid.in.{phone}.{n}", line.format(curp=_curp(number))))
            self.wake.set()
            await reply
            self.took.append(time.perf_counter() - started)

    async def post(self) -> None:
        """Webhooks carry what has gathered, as Meta's do under load."""
        while True:
            await self.wake.wait()
            self.wake.clear()
            batch, self.waiting = self.waiting[:100], self.waiting[100:]
            if self.waiting:
                self.wake.set()
            value = {"field": "messages", "value": {"messages": batch}}
            body = json.dumps({"entry": [{"changes": [value]}]}).encode()
            mac = hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()
            headers = {**_HEADERS, "X-Hub-Signature-256": f"sha256={mac}"}
            async with self.session.post(self.hook, data=body, headers=headers) as response:
                if response.status != 200:
                    raise RuntimeError(f"the webhook answered {response.status}")


def _message(phone: str, wamid: str, line: str) -> dict[str, Any]:
    base = {"from": phone, "id": wamid, "timestamp": str(int(time.time()))}
    if line.startswith("@"):
        reply = {"type": "list_reply", "list_reply": {"id": line[1:], "title": "x"}}
        return {**base, "type": "interactive", "interactive": reply}
    return {**base, "type": "text", "text": {"body": line}}


def _curp(number: int) -> str:
    """Different people of one name: the date of birth counts."""
    year, rest = divmod(number, 336)
    month, day = divmod(rest, 28)
    first = f"BACA{60 + year % 39:02}{month + 1:02}{day + 1:02}MDFRRN{number // 13104 % 10}"
    return first + check_digit(first)


def _cpu(pids: list[int]) -> float:
    total = 0.0
    for pid in pids:
        try:
            process = psutil.Process(pid)
            for each in (process, *process.children(recursive=True)):
                times = each.cpu_times()
                total += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return total


def measure(people: int, at_once: int) -> dict[str, Any]:
    app_secret = secrets.token_hex(16)
    with socket.create_server(("127.0.0.1", 0)) as meta, socket.create_server(("127.0.0.1", 0)) as hook:
        meta_port, hook_port = meta.getsockname()[1], hook.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")} | {
            "VENTANILLA_DATA_DIR": str(Path(folder) / "data"),
            "VENTANILLA_PORT": str(hook_port),
            "VENTANILLA_WHATSAPP_API_URL": f"http://127.0.0.1:{meta_port}",
            "VENTANILLA_WHATSAPP_PHONE_NUMBER_ID": "1",
            "VENTANILLA_WHATSAPP_APP_SECRET": app_secret,
            "VENTANILLA_HORIZON_DAYS": "60",
            "VENTANILLA_WHATSAPP_MESSAGES_PER_SECOND": "0",
        }
        program = subprocess.Popen([sys.executable, "-m", "ventanilla", "demo", "--no-emulator"], env=env)
        try:
            hook_url = f"http://127.0.0.1:{hook_port}"
            return asyncio.run(_measured(program.pid, hook_url, meta_port, app_secret, people, at_once))
        finally:
            program.terminate()
            program.wait(20)


async def _measured(
    program: int, hook_url: str, meta_port: int, app_secret: str, people: int, at_once: int
) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session:
        meta = Meta(f"{hook_url}/webhooks/whatsapp", app_secret, session)
        app = web.Application()
        app.router.add_post("/v26.0/1/messages", meta.take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", meta_port).start()
        await _ready(session, f"{hook_url}/readyz")
        posting = asyncio.create_task(meta.post())
        await _crowd(meta, range(at_once), at_once)  # warm-up
        meta.took.clear()
        before = _usage(program)
        started = time.perf_counter()
        await _crowd(meta, range(at_once, at_once + people), at_once)
        wall = time.perf_counter() - started
        posting.cancel()
        figures = _figures(meta, people, at_once, wall, before, _usage(program))
        await runner.cleanup()
        return figures


async def _ready(session: aiohttp.ClientSession, url: str) -> None:
    for _ in range(600):
        try:
            async with session.get(url) as response:
                if response.status == 200:
                    return
        except aiohttp.ClientError:
            await asyncio.sleep(0.1)
    raise RuntimeError("the program did not start")


async def _crowd(meta: Meta, numbers: range, at_once: int) -> None:
    gate = asyncio.Semaphore(at_once)

    async def one(number: int) -> None:
        async with gate:
            await meta.talk(number)

    await asyncio.gather(*(one(n) for n in numbers))


def _usage(program: int) -> dict[str, float]:
    own = [p.pid for p in psutil.process_iter(["name"]) if p.info["name"] == "postgres"]
    roots = [pid for pid in own if psutil.Process(pid).ppid() not in own]
    database = _cpu(roots)
    mine = psutil.Process(program).cpu_times()
    this = psutil.Process().cpu_times()
    return {
        "program": mine.user + mine.system,
        "PostgreSQL": database,
        "stand-in for Meta": this.user + this.system,
    }


def _figures(
    meta: Meta, people: int, at_once: int, wall: float, before: dict[str, float], after: dict[str, float]
) -> dict[str, Any]:
    turns = people * len(TALK)
    took = sorted(meta.took)
    cuts = statistics.quantiles(took, n=100)
    return {
        "turns": turns,
        "people at once": at_once,
        "turns per second": round(turns / wall, 1),
        "reply after, median ms": round(statistics.median(took) * 1000, 1),
        "reply after, p95 ms": round(cuts[94] * 1000, 1),
        "reply after, p99 ms": round(cuts[98] * 1000, 1),
        "CPU ms a turn": {k: round((after[k] - before[k]) / turns * 1000, 3) for k in before},
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=600)
    parser.add_argument("--at-once", type=int, default=150)
    given = parser.parse_args()
    figures = measure(given.people, given.at_once)
    table = Table("figure", "value")
    for name, value in figures.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        table.add_row(name, shown)
    Console().print(table)
    Path(__file__).with_name("turns.json").write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
