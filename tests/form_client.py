"""A form filled in over HTTP, encrypted and signed as a phone does it, against the real application."""

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import aiohttp
import msgspec
from asyncpg import Pool
from tests.phone_crypto import PhoneCrypto, jwt
from tests.web.served import listening
from tests.world import NINE, house_in, open_at

from ventanilla.acts.house import House, forms_key
from ventanilla.acts.receive import take_updates
from ventanilla.acts.turn import FormOwed, take_messages
from ventanilla.core.channel import Address
from ventanilla.db import forms
from ventanilla.jobs import utc_now
from ventanilla.talk.engine import Heard
from ventanilla.web.app import create_app
from ventanilla.web.flows import FlowHook
from ventanilla.web.hooks import Intake, Webhook
from ventanilla.web.public import Public
from ventanilla.wire.whatsapp.flow_crypto import new_private_key, private_keys, public_pem
from ventanilla.words.incoming import Incoming, Updates

SECRET = secrets.token_hex(16)
PEM = new_private_key()
KEYS = private_keys(PEM)
ME = Address("phone", "5215512345678")
_owed = msgspec.json.Decoder(FormOwed)


async def house_with_forms(pool: Pool, **rules: Any) -> House:
    """Forms are published in both languages."""
    house = replace(await house_in(pool, **rules), forms=forms_key(secrets.token_urlsafe(32)))
    async with pool.acquire() as conn:
        for language, flow_id in (("es", "1000"), ("en", "2000")):
            await forms.put_flow(conn, forms.Flow(language, flow_id, "hash", True), utc_now())
    return house


@asynccontextmanager
async def serving(pool: Pool, house: House) -> AsyncIterator[str]:
    """The application on a free loopback port, with workers left out."""
    hook = FlowHook(pool, house, KEYS, (SECRET,), lambda: None)
    webhook = Webhook(Intake(pool, house.vault, lambda: None), (SECRET,), "verify")
    app = create_app(webhook, Public(house, pool, "https://chat.example"), flows=hook)
    async with listening(app) as url:
        yield url


async def write(pool: Pool, house: House, *texts: str, me: Address = ME, tag: str = "m") -> None:
    """What somebody writes (`@id` taps), and the answers to it."""
    heard = [Heard("choice", "", text[1:]) if text.startswith("@") else Heard("text", text) for text in texts]
    await hear(pool, house, *heard, me=me, tag=tag)


async def hear(pool: Pool, house: House, *heard: Heard, me: Address = ME, tag: str = "m") -> None:
    messages = tuple(Incoming(f"{tag}.{n}", me, h, None) for n, h in enumerate(heard))
    async with pool.acquire() as conn:
        await take_updates(conn, house.vault, [Updates(messages=messages)])
        while await take_messages(conn, house, utc_now(), 100):
            pass


async def offered(pool: Pool, house: House, me: Address = ME, tag: str = "m") -> str:
    """The token of the form that somebody gets for accepting the notice."""
    await write(pool, house, "hola", "@notice:accept", me=me, tag=tag)
    return await latest_token(pool, house)


async def latest_token(pool: Pool, house: House) -> str:
    sealed = await pool.fetchval("SELECT sealed FROM outbox WHERE kind = 'form' ORDER BY id DESC LIMIT 1")
    return _owed.decode(house.vault.open("outbox", sealed)).call.token


@dataclass(slots=True)
class Answered:
    status: int
    text: str
    body: dict[str, Any]

    @property
    def page(self) -> str:
        return str(self.body.get("screen"))

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = self.body["data"]
        return found


@dataclass(slots=True)
class FormClient:
    """One phone with the form open; `fields` of the page keep what was typed."""

    url: str
    token: str
    session: aiohttp.ClientSession
    page: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    secret: str = SECRET
    crypto: PhoneCrypto = field(default_factory=lambda: PhoneCrypto(public_pem(KEYS[0])))

    async def post(self, body: bytes, **headers: str) -> tuple[int, str]:
        mac = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        signed = {"X-Hub-Signature-256": f"sha256={mac}", **headers}
        where = f"{self.url}/webhooks/whatsapp/flow"
        async with self.session.post(where, data=BytesIO(body), headers=signed) as response:
            return response.status, await response.text()

    async def asks(self, **request: Any) -> Answered:
        """Any request, as it is."""
        sealed = self.crypto.seal(request)
        status, text = await self.post(sealed.body)
        opened = sealed.open(text) if status == 200 else {}
        return Answered(status, text, opened)

    async def opens(self) -> Answered:
        return self._at(await self.asks(**self.request("INIT", "", {})))

    async def sends(self, **typed: Any) -> Answered:
        return self._at(await self.again(self.page, {**self.fields, **typed}))

    async def again(self, page: str, fields: dict[str, Any]) -> Answered:
        return await self.asks(**self.request("data_exchange", page, fields))

    def request(self, action: str, page: str, fields: dict[str, Any]) -> dict[str, Any]:
        signature = jwt(self.token, self.secret)
        return {
            "version": "4.0",
            "action": action,
            "screen": page,
            "data": fields,
            "flow_token": self.token,
            "flow_token_signature": signature,
        }

    def _at(self, answer: Answered) -> Answered:
        if answer.status == 200 and "init" in answer.body.get("data", {}):
            self.page = answer.page
            self.fields = {**answer.data["init"], "shown": answer.data["shown"]}
        return answer


async def fills_in(client: FormClient, curp: str, name: str, at: int = 0) -> Answered:
    """To the summary, on the first day of an office, at its first hour or another one (`at`)."""
    await client.opens()
    await client.sends(for_whom="me", procedure="first", curp=curp)
    await client.sends(name=name, identification="ine", id_number="123456789")
    await client.sends(validity="10:full")
    await client.sends(municipality="Coyoacán")
    answer = await client.sends(office="09-04")
    answer = await client.sends(day=answer.data["min_date"])
    hours = answer.data["time_options"]
    return await client.sends(time=hours[at % len(hours)]["id"])


async def some_places(pool: Pool, capacity: int) -> None:
    async with pool.acquire() as conn:
        await open_at(conn, capacity, NINE)
