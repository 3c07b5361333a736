"""Forms at Meta: the public key of the number, and Flows listed, made, uploaded, published, withdrawn."""

import aiohttp

from ventanilla.core.flows import FlowAtMeta
from ventanilla.wire.whatsapp.administration import Administration
from ventanilla.wire.whatsapp.answers import ask, text_at
from ventanilla.wire.whatsapp.lenient import Node, dicts

_CATEGORIES = ["APPOINTMENT_BOOKING"]
_FIELDS = "id,name,status,validation_errors"


class FlowManagement(Administration):
    """`account_id`: of the WhatsApp Business account; `phone_id`: of the number."""

    def __init__(
        self, api_url: str, version: str, account_id: str, phone_id: str, token: str, seconds: float = 10
    ) -> None:
        super().__init__(api_url, version, token, seconds)
        self._flows = f"{self._api}/{account_id}/flows"
        self._key = f"{self._api}/{phone_id}/whatsapp_business_encryption"

    async def public_key(self) -> str:
        """Empty where there is none, or one that Meta does not find valid. Raises `SendFailed`, as do the
        others."""
        answer = await ask(self._session, "GET", self._key)
        items = dicts(answer.get("data")) or [answer]
        valid = items[0].get("business_public_key_signature_status", "VALID") == "VALID"
        return str(items[0].get("business_public_key") or "") if valid else ""

    async def put_public_key(self, pem: str) -> None:
        await ask(self._session, "POST", self._key, data={"business_public_key": pem})

    async def flows(self) -> tuple[FlowAtMeta, ...]:
        """All of the account's, of whoever made them."""
        return tuple(_flow(item) for item in await self._all(self._flows, _FIELDS))

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


def _flow(item: Node) -> FlowAtMeta:
    text = {key: value for key, value in item.items() if isinstance(value, str)}
    status = text.get("status", "").upper()
    return FlowAtMeta(text.get("id", ""), text.get("name", ""), status, _faults(item))


def _faults(answer: Node) -> tuple[str, ...]:
    """Meta's own sentences, with the line each is about."""
    found = []
    for item in dicts(answer.get("validation_errors")):
        line = f"line {item['line_start']}: " if "line_start" in item else ""
        found.append(f"{line}{item.get('message') or item.get('error') or 'not valid'}")
    return tuple(found)
