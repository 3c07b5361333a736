"""What happens, told to every open chat page at once (server-sent events)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

WAITING_MAX = 10_000
KEEP_ALIVE_SECONDS = 15.0


class Hub:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes | None]] = set()

    def tell(self, wa_id: str, kind: str, **facts: Any) -> None:
        """A listener that does not keep up is let go: the page connects again and asks for what it missed."""
        if not self._listeners:
            return
        line = b"data: " + msgspec.json.encode({"wa_id": wa_id, "kind": kind, **facts}) + b"\n\n"
        for queue in tuple(self._listeners):
            if queue.qsize() < WAITING_MAX:
                queue.put_nowait(line)
            else:
                self._listeners.discard(queue)
                queue.put_nowait(None)

    def close(self) -> None:
        for queue in self._listeners:
            queue.put_nowait(None)

    async def stream(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield b"retry: 500\n\n"
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    line = b":\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._listeners.discard(queue)
