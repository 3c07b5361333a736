"""What goes to the business's endpoint and back: sealed, signed, asked again once under a new key."""

import random
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Literal

import aiohttp
import msgspec

from whatsapp_emulator.config import Settings
from whatsapp_emulator.flow_crypto import (
    IV_BYTES,
    KEY_BYTES,
    CannotOpen,
    Envelope,
    public_key_of,
    token_signature,
)
from whatsapp_emulator.flows import Flow, Flows
from whatsapp_emulator.webhooks import signature

Outcome = Literal[
    "ok", "no_key", "no_endpoint", "unreachable", "timeout", "http_status", "cannot_open", "bad_signature",
    "wrong_key", "token_ended",
]  # fmt: skip
STATUSES: dict[int, Outcome] = {421: "wrong_key", 427: "token_ended", 432: "bad_signature"}
KEYS_KEPT = 100_000
SIGNED_FROM = ("7.3",)  # Flow JSON versions whose requests carry the flow_token_signature


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    content: Any = None
    message: str | None = None  # of a 427: what the business wants the person to read
    status: int | None = None


class Channel:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # A stream of its own: a form more or less does not change the ids of messages.
        self._chance = random.Random(None if settings.seed is None else f"forms {settings.seed}")
        self.forget()
        self._session: aiohttp.ClientSession | None = None

    def forget(self) -> None:
        self._keys: OrderedDict[str, str] = OrderedDict()

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def ping(self, flows: Flows, flow: Flow) -> bool:
        """Whether the endpoint says that it is there; Meta itself asks, with the key of now."""
        answer = await self._post(flow, flows.public_key, {"version": version_of(flow), "action": "ping"})
        return answer.outcome == "ok" and answer.content == {"data": {"status": "active"}}

    async def ask(self, flows: Flows, flow: Flow, wa_id: str, content: dict[str, Any]) -> Answer:
        """A request of a phone, which keeps the key it fetched until it is told that it is wrong."""
        key = self._keys.get(wa_id) or self._fetch(flows, wa_id)
        answer = await self._post(flow, key, content)
        if answer.outcome == "wrong_key":
            answer = await self._post(flow, self._fetch(flows, wa_id), content)
        flow.exchanges[answer.outcome] += 1
        return answer

    def asked(self, flow: Flow, token: str, action: str, screen: str | None, data: Any) -> dict[str, Any]:
        """The content of a request."""
        version = version_of(flow)
        content = {"version": version, "action": action, "data": data, "flow_token": token}
        if screen is not None:
            content["screen"] = screen
        if version == "4.0" and flow.json and flow.json["version"] in SIGNED_FROM:
            content["flow_token_signature"] = token_signature(self.settings.app_secret, token)
        return content

    def _fetch(self, flows: Flows, wa_id: str) -> str | None:
        if flows.public_key:
            self._keys[wa_id] = flows.public_key
        if len(self._keys) > KEYS_KEPT:
            self._keys.popitem(last=False)
        return flows.public_key

    async def _post(self, flow: Flow, key: str | None, content: dict[str, Any]) -> Answer:
        if not flow.endpoint_uri or not key:
            return Answer("no_key" if flow.endpoint_uri else "no_endpoint")
        chance = self._chance
        envelope = Envelope(chance.randbytes(KEY_BYTES), chance.randbytes(chance.choice(IV_BYTES)))
        body = envelope.seal(content, public_key_of(key))
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": signature(self.settings.app_secret, body),
        }
        try:
            async with self._client().post(flow.endpoint_uri, data=body, headers=headers) as answer:
                said = await answer.read()
        except TimeoutError:
            return Answer("timeout")
        except aiohttp.ClientError:
            return Answer("unreachable")
        if answer.status != 200:
            return Answer(STATUSES.get(answer.status, "http_status"), None, told(said), answer.status)
        try:
            return Answer("ok", envelope.open(said))
        except CannotOpen:
            return Answer("cannot_open")

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self.settings.flow_timeout)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session


def version_of(flow: Flow) -> str:
    return str((flow.json or {}).get("data_api_version", "3.0"))


def told(body: bytes) -> str | None:
    """The `error_msg` of an answer that is a refusal."""
    try:
        said = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return None
    message = said.get("error_msg") if isinstance(said, dict) else None
    return message if isinstance(message, str) else None
