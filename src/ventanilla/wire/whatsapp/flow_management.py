"""Forms at Meta: the public key of the number, and Flows listed, made, uploaded, published, withdrawn."""

from types import TracebackType
from typing import Any, Self

import aiohttp

from ventanilla.core.flows import FlowAtMeta
from ventanilla.wire.whatsapp.answers import ask, text_at

_CATEGORIES = ["APPOINTMENT_BOOKING"]
_FIELDS = "id,name,status,validation_errors"
_MOST_PAGES = 50
"""Of a hundred each; a list that never ends is a fault of the other side."""


class FlowManagement:
    """`account_id`: of the WhatsApp Business account; `phone_id`: of the number."""

    def __init__(
        self, api_url: str, version: str, account_id: str, phone_id: str, token: str, seconds: float = 10
    ) -> None:
        self._api = f"{api_url.rstrip('/')}/{version}"
        self._flows = f"{self._api}/{account_id}/flows"
        self._key = f"{self._api}/{phone_id}/whatsapp_business_encryption"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def public_key(self) -> str:
        """Empty where there is none, or one that Meta does not find valid. Raises `SendFailed`, as do the
        others."""
        answer = await ask(self._session, "GET", self._key)
        items = _dicts(answer.get("data")) or [answer]
        valid = items[0].get("business_public_key_signature_status", "VALID") == "VALID"
        return str(items[0].get("business_public_key") or "") if valid else ""

    async def put_public_key(self, pem: str) -> None:
        await ask(self._session, "POST", self._key, data={"business_public_key": pem})

    async def flows(self) -> tuple[FlowAtMeta, ...]:
        """All of the account's, of whoever made them."""
        found: list[FlowAtMeta] = []
        after = ""
        for _ in range(_MOST_PAGES):
            params = {"fields": _FIELDS, "limit": "100", **({"after": after} if after else {})}
            page = await ask(self._session, "GET", self._flows, params=params)
            found += [_flow(item) for item in _dicts(page.get("data"))]
            paging = page.get("paging")
            paging = paging if isinstance(paging, dict) else {}
            cursors = paging.get("cursors")
            after = str(cursors.get("after") or "") if isinstance(cursors, dict) else ""
            # Its `next` is an address with the token in it; the cursor is all we need of it.
            if not after or not paging.get("next"):
                break
        return tuple(found)

    async def make(self, name: str, endpoint: str) -> str:
        body = {"name": name, "categories": _CATEGORIES, "endpoint_uri": endpoint}
        return text_at(await ask(self._session, "POST", self._flows, json=body), "id")

    async def point(self, flow_id: str, endpoint: str) -> None:
        await ask(self._session, "POST", f"{self._api}/{flow_id}", json={"endpoint_uri": endpoint})

    async def upload(self, flow_id: str, body: bytes) -> tuple[str, ...]:
        form = aiohttp.FormData()
        form.add_field("name", "flow.json")
        form.add_field("asset_type", "FLOW_JSON")
        form.add_field("file", body, filename="flow.json", content_type="application/json")
        answer = await ask(self._session, "POST", f"{self._api}/{flow_id}/assets", data=form)
        return _faults(answer)

    async def publish(self, flow_id: str) -> None:
        await ask(self._session, "POST", f"{self._api}/{flow_id}/publish")

    async def deprecate(self, flow_id: str) -> None:
        await ask(self._session, "POST", f"{self._api}/{flow_id}/deprecate")


def _flow(item: dict[str, Any]) -> FlowAtMeta:
    text = {key: value for key, value in item.items() if isinstance(value, str)}
    status = text.get("status", "").upper()
    return FlowAtMeta(text.get("id", ""), text.get("name", ""), status, _faults(item))


def _faults(answer: dict[str, Any]) -> tuple[str, ...]:
    """Meta's own sentences, with the line each is about."""
    found = []
    for item in _dicts(answer.get("validation_errors")):
        line = f"line {item['line_start']}: " if "line_start" in item else ""
        found.append(f"{line}{item.get('message') or item.get('error') or 'not valid'}")
    return tuple(found)


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
