"""`ventanilla talk`: the real acts on the real database, with a terminal for a channel."""

import asyncio
import itertools
import time

from asyncpg import Pool
from rich.console import Console

from ventanilla.acts.deliver import Post
from ventanilla.acts.house import House
from ventanilla.acts.pace import Pace
from ventanilla.acts.receive import take_updates
from ventanilla.acts.sender import Sender
from ventanilla.acts.turn import take_messages
from ventanilla.core.channel import Address
from ventanilla.jobs import utc_now
from ventanilla.program import connected, house_of
from ventanilla.settings import Settings
from ventanilla.wire.terminal import Terminal
from ventanilla.words.incoming import Incoming, Updates

_ME = Address("phone", "0000000000")


async def converse(settings: Settings, dsn: str, console: Console) -> None:
    """Until the end of input."""
    channel = Terminal(console, settings.data_dir / "papers")
    async with connected(settings, dsn) as pool:
        async with pool.acquire() as conn:
            house = await house_of(settings, conn)
        for number in itertools.count():
            try:
                line = (await asyncio.to_thread(console.input, "[bold green]> [/]")).strip()
            except EOFError:
                return
            if line:
                await _turn(pool, house, channel, line, f"terminal.{time.time_ns()}.{number}")


async def _turn(pool: Pool, house: House, channel: Terminal, line: str, wamid: str) -> None:
    message = Incoming(wamid, _ME, channel.heard(line), utc_now())
    async with pool.acquire() as conn:
        await take_updates(conn, house.vault, [Updates(messages=(message,))])
        await take_messages(conn, house, utc_now(), 1)
    post = Post(pool, house, Sender(pool, house, channel), Pace(pool, 0))
    while await post.start(utc_now(), 1):
        await post.settled()
