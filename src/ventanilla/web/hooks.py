"""The webhook: handshake, signature over the raw bytes, and 200 only after the commit."""

import asyncio
import hashlib
import hmac
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import asyncpg
from asyncpg import Pool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ventanilla.acts.receive import take_updates
from ventanilla.db.connection import is_passing
from ventanilla.db.vault import Vault
from ventanilla.metrics import WEBHOOKS
from ventanilla.wire.whatsapp.lenient import NotJson
from ventanilla.wire.whatsapp.parse import parse
from ventanilla.words.incoming import Updates

_log = logging.getLogger(__name__)
BODY_MAX = 3 * 1024 * 1024
_TOGETHER = 64
_UPDATES_TOGETHER = 1000
"""Requests written down in one transaction, and the messages in them, but one request at least. More would
only make the first of them wait."""
_PAUSES = (0.05, 0.2, 0.6)
_CONNECTION_SECONDS = 5.0


def signed(body: bytes, header: str, app_secrets: Sequence[str]) -> bool:
    """Whether one of the secrets signed these bytes; two are valid while one replaces the other."""
    given = header.encode("utf-8", "replace")
    # No early end: how many secrets there are and which one fits must not show in the time taken.
    fits = False
    for secret in app_secrets:
        wanted = "sha256=" + hmac.digest(secret.encode(), body, hashlib.sha256).hex()
        fits |= hmac.compare_digest(wanted.encode(), given)
    return fits


@dataclass(slots=True)
class Intake:
    """Collects the updates of concurrent requests, so that one commit serves them all."""

    pool: Pool
    vault: Vault
    arrived: Callable[[], None]
    _waiting: deque[tuple[Updates, asyncio.Future[None]]] = field(default_factory=deque)
    _writing: asyncio.Task[None] | None = None

    async def take(self, updates: Updates) -> None:
        """Durable when it returns; raises what the database raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((updates, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._waiting:
            batch: list[tuple[Updates, asyncio.Future[None]]] = []
            messages = 0
            while self._waiting and len(batch) < _TOGETHER and messages < _UPDATES_TOGETHER:
                batch.append(self._waiting.popleft())
                messages += len(batch[-1][0].messages)
            await self._write_batch(batch)

    async def _write_batch(self, batch: Sequence[tuple[Updates, asyncio.Future[None]]]) -> None:
        try:
            new = await self._stored([updates for updates, _ in batch])
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, ValueError) as fault:
            await self._one_by_one(batch, fault)
        except Exception as fault:
            for _, done in batch:
                _settle(done, fault)
        else:
            for _, done in batch:
                _settle(done)
            if new:
                self.arrived()

    async def _stored(self, batch: Sequence[Updates]) -> int:
        """Tried a few times, for about a second: Meta would send it again, but the person waits meanwhile."""
        for pause in _PAUSES:
            try:
                return await self._store(batch)
            except Exception as fault:
                if not is_passing(fault):
                    raise
                _log.warning("storing again: %r", fault)
                await asyncio.sleep(pause)
        return await self._store(batch)

    async def _store(self, batch: Sequence[Updates]) -> int:
        async with self.pool.acquire(timeout=_CONNECTION_SECONDS) as conn:
            return await take_updates(conn, self.vault, batch)

    async def _one_by_one(
        self, batch: Sequence[tuple[Updates, asyncio.Future[None]]], fault: Exception
    ) -> None:
        """A value that the database refuses must not take its neighbours down with it."""
        if len(batch) == 1:
            _settle(batch[0][1], fault)
            return
        for item in batch:
            await self._write_batch([item])


def _settle(done: "asyncio.Future[None]", fault: Exception | None = None) -> None:
    if done.done():  # the request went away
        return
    if fault is None:
        done.set_result(None)
    else:
        done.set_exception(fault)


@dataclass(frozen=True, slots=True)
class Webhook:
    intake: Intake
    app_secrets: tuple[str, ...]
    verify_token: str

    async def handshake(self, request: Request) -> Response:
        query = request.query_params
        token = query.get("hub.verify_token", "").encode()
        fits = bool(self.verify_token) and hmac.compare_digest(token, self.verify_token.encode())
        if query.get("hub.mode") == "subscribe" and fits:
            return PlainTextResponse(query.get("hub.challenge", ""))
        return PlainTextResponse("The verify token does not fit.", 403)

    async def receive(self, request: Request) -> Response:
        response = await self._received(request)
        WEBHOOKS.labels(response.status_code).inc()
        return response

    async def _received(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("The body is larger than 3 MB.", 413)
        if not signed(body, request.headers.get("x-hub-signature-256", ""), self.app_secrets):
            return PlainTextResponse("The signature is missing or wrong.", 401)
        try:
            updates = parse(body)
        except NotJson:
            return PlainTextResponse("The body is not JSON.", 400)
        try:
            await self.intake.take(updates)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as fault:
            _log.error("webhook not stored: %r", fault)
            return PlainTextResponse("Not stored; send it again.", 503)
        return Response()


async def _body(request: Request) -> bytes | None:
    """None: too large. Stops reading as soon as that is known."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > BODY_MAX:
        return None
    whole = bytearray()
    async for chunk in request.stream():
        whole += chunk
        if len(whole) > BODY_MAX:
            return None
    return bytes(whole)
