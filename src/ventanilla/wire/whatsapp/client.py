"""The Cloud API's client: media up, messages out. One connection pool for all people."""

from types import TracebackType
from typing import Any, Self

import aiohttp
import msgspec

from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed
from ventanilla.wire.whatsapp.errors import fault_of
from ventanilla.wire.whatsapp.shape import payload, receipt
from ventanilla.words.outgoing import File, Outgoing

_JSON = {"Content-Type": "application/json"}


class CloudApi:
    """`base` is `https://graph.facebook.com/v26.0/<phone number id>` or an emulator's."""

    def __init__(
        self,
        api_url: str,
        version: str,
        phone_number_id: str,
        token: str,
        connections: int,
        timeout_seconds: float = 10,
    ) -> None:
        self._base = f"{api_url.rstrip('/')}/{version}/{phone_number_id}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._connections = connections
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds, connect=timeout_seconds / 2)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=self._connections)
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=self._timeout, headers=self._headers
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        """The wamid. Raises `SendFailed`."""
        body = msgspec.json.encode(payload(to, what, reference))
        return _text_at(await self._post("messages", body, _JSON, uncertain=True), "messages", 0, "id")

    async def attend(self, wamid: str) -> None:
        """Mark a person's message as read, and show that an answer is being written. Raises `SendFailed`."""
        body = msgspec.json.encode(receipt(wamid))
        await self._post("messages", body, _JSON, uncertain=False)

    async def upload(self, file: File) -> str:
        """The media id. Raises `SendFailed`."""
        form = aiohttp.FormData()
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", file.mime)
        form.add_field("file", file.content, filename=file.name, content_type=file.mime)
        return _text_at(await self._post("media", form, {}, uncertain=False), "id")

    async def tried(self) -> str:
        """What keeps us from sending with these settings; empty if nothing does."""
        if self._session is None:
            raise RuntimeError("use the client inside `async with`")
        try:
            async with self._session.get(self._base, headers=self._headers) as response:
                _checked(response.status, await response.read())
        except SendFailed as fault:
            return fault.text
        except (aiohttp.ClientError, TimeoutError) as fault:
            return f"it does not answer: {fault}"
        return ""

    async def _post(
        self, path: str, body: bytes | aiohttp.FormData, headers: dict[str, str], *, uncertain: bool
    ) -> Any:
        """`uncertain`: after a timeout or a broken connection nobody knows whether it was taken."""
        if self._session is None:
            raise RuntimeError("use the client inside `async with`")
        try:
            async with self._session.post(f"{self._base}/{path}", data=body, headers=headers) as response:
                return _checked(response.status, await response.read())
        except aiohttp.ClientConnectorError as fault:
            raise SendFailed("retry", f"cannot reach the API: {fault}") from fault
        except (aiohttp.ClientError, TimeoutError) as fault:
            raise SendFailed("retry", f"no answer: {fault!r}", uncertain=uncertain) from fault


def _checked(status: int, body: bytes) -> Any:
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        answer = None
    if status < 300 and isinstance(answer, dict):
        return answer
    error = answer.get("error") if isinstance(answer, dict) else None
    error = error if isinstance(error, dict) else {}
    code = error.get("code")
    known = code if isinstance(code, int) else None
    details = error.get("error_data") if isinstance(error.get("error_data"), dict) else {}
    text = str((details or {}).get("details") or error.get("message") or f"HTTP {status}")
    raise SendFailed(fault_of(status, known), text, known)


def _text_at(answer: Any, *path: str | int) -> str:
    found = answer
    try:
        for step in path:
            found = found[step]
    except (KeyError, IndexError, TypeError):
        found = None
    if not isinstance(found, str):
        raise SendFailed("retry", "the API's answer has no id", uncertain=True)
    return found
