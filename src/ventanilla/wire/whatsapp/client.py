"""The Cloud API's client: media up, messages out. One connection pool for all people."""

from types import TracebackType
from typing import Any, Self

import aiohttp
import msgspec

from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed
from ventanilla.wire.whatsapp.answers import ask, text_at
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
        return text_at(await self._post("messages", body, _JSON, uncertain=True), "messages", 0, "id")

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
        return text_at(await self._post("media", form, {}, uncertain=False), "id")

    async def tried(self) -> str:
        """What keeps us from sending with these settings; empty if nothing does."""
        try:
            await ask(self._session, "GET", self._base)
        except SendFailed as fault:
            return fault.text
        return ""

    async def _post(
        self, path: str, body: bytes | aiohttp.FormData, headers: dict[str, str], *, uncertain: bool
    ) -> Any:
        url = f"{self._base}/{path}"
        return await ask(self._session, "POST", url, uncertain=uncertain, data=body, headers=headers)
