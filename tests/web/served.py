"""The real application on a real database, spoken to over HTTP."""

import asyncio
import hashlib
import hmac
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

import aiohttp
import uvicorn
from asyncpg import Pool
from starlette.applications import Starlette
from tests.world import house_in

from ventanilla.acts.house import House
from ventanilla.web.app import create_app
from ventanilla.web.hooks import Intake, Webhook
from ventanilla.web.public import Public

SECRETS = (secrets.token_hex(16), secrets.token_hex(16))
VERIFY = secrets.token_hex(8)


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[str]:
    """On a free loopback port, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    # It listens from here on: whoever comes early waits in the backlog.
    listener = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(server.serve([listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def serving(pool: Pool, verify: str = VERIFY, house: House | None = None) -> AsyncIterator[str]:
    """The application on a free loopback port, with workers left out."""
    house = house or await house_in(pool)
    webhook = Webhook(Intake(pool, house.vault, lambda: None), SECRETS, verify)
    app = create_app(webhook, Public(house, pool, "https://chat.example"))
    async with listening(app) as url:
        yield url


def signature(body: bytes, secret: str = SECRETS[0]) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


async def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    hook = f"{url}/webhooks/whatsapp"
    async with (
        aiohttp.ClientSession() as session,
        session.post(hook, data=BytesIO(body), headers=headers) as response,
    ):
        return response.status
