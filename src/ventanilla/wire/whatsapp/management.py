"""Templates at Meta: listed, made, changed and deleted, in the account that the number belongs to."""

from types import TracebackType
from typing import Any, Self

import aiohttp

from ventanilla.core.templates import CATEGORY, Content, Known, Listed
from ventanilla.wire.whatsapp.answers import ask, text_at
from ventanilla.words.templates import Definition

Json = dict[str, Any]
_FIELDS = "id,name,language,status,category,rejected_reason,quality_score,components"
_PAGE = 100
_MOST_PAGES = 100
"""Meta keeps 6,000 templates at most; a list that never ends is a fault of the other side."""


class Management:
    """`account_id`: of the WhatsApp Business account, not of the number."""

    def __init__(
        self, api_url: str, version: str, account_id: str, token: str, timeout_seconds: float = 10
    ) -> None:
        self._api = f"{api_url.rstrip('/')}/{version}"
        self._list = f"{self._api}/{account_id}/message_templates"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def listed(self) -> tuple[Listed, ...]:
        """All of the account's, of whoever made them. Raises `SendFailed`, as do the others."""
        found: list[Listed] = []
        after = ""
        for _ in range(_MOST_PAGES):
            params = {"fields": _FIELDS, "limit": str(_PAGE), **({"after": after} if after else {})}
            page = await ask(self._session, "GET", self._list, params=params)
            found += [_listed(item) for item in _dicts(page.get("data"))]
            paging = _dict(page.get("paging"))
            after = str(_dict(paging.get("cursors")).get("after") or "")
            # Its `next` is an address with the token in it; the cursor is all we need of it.
            if not after or not paging.get("next"):
                break
        return tuple(found)

    async def create(self, definition: Definition) -> Known:
        body = {
            "name": definition.name,
            "language": definition.language,
            "category": CATEGORY,
            **_shaped(definition),
        }
        answer = await ask(self._session, "POST", self._list, json=body)
        text_at(answer, "id")
        status = str(answer.get("status") or "PENDING")
        category = str(answer.get("category") or CATEGORY)
        return Known(definition.name, definition.language, status, category, definition.content.hash)

    async def edit(self, template_id: str, definition: Definition) -> None:
        """Its text alone: category and language stay. Once a day and ten times a month at most."""
        await ask(self._session, "POST", f"{self._api}/{template_id}", json=_shaped(definition))

    async def delete(self, listed: Listed) -> None:
        """In one language. Its name cannot be used again for 30 days."""
        params = {"name": listed.known.name, "hsm_id": listed.id}
        await ask(self._session, "DELETE", self._list, params=params)


def _shaped(definition: Definition) -> Json:
    content = definition.content
    body: Json = {"type": "BODY", "text": content.body}
    if definition.examples:
        named = [{"param_name": name, "example": text} for name, text in definition.examples.items()]
        body["example"] = {"body_text_named_params": named}
    components: list[Json] = [
        {"type": "HEADER", "format": "TEXT", "text": content.header},
        body,
        {"type": "FOOTER", "text": content.footer},
    ]
    if content.buttons:
        buttons = [{"type": "QUICK_REPLY", "text": label} for label in content.buttons]
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {"parameter_format": "NAMED", "components": components}


def _listed(item: Json) -> Listed:
    """Lenient: other people's templates may be of any kind."""
    text = {key: value for key, value in item.items() if isinstance(value, str)}
    reason = text.get("rejected_reason", "")
    known = Known(
        text.get("name", ""),
        text.get("language", ""),
        text.get("status", "").upper(),
        text.get("category", "").upper(),
        _content(_dicts(item.get("components"))).hash,
        "" if reason == "NONE" else reason,
        str(_dict(item.get("quality_score")).get("score") or ""),
    )
    return Listed(text.get("id", ""), known)


def _content(components: list[Json]) -> Content:
    """What is no text and no quick reply is named by its kind, so that it never equals one of ours."""
    parts = {str(c.get("type")).upper(): c for c in components}
    header, buttons = parts.get("HEADER", {}), parts.get("BUTTONS", {})
    kind = str(header.get("format") or "TEXT").upper()
    return Content(
        str(header.get("text") or "") if kind == "TEXT" else f"({kind})",
        str(parts.get("BODY", {}).get("text") or ""),
        str(parts.get("FOOTER", {}).get("text") or ""),
        tuple(_label(button) for button in _dicts(buttons.get("buttons"))),
    )


def _label(button: Json) -> str:
    text = str(button.get("text") or "")
    return text if str(button.get("type")).upper() == "QUICK_REPLY" else f"({button.get('type')}) {text}"


def _dict(found: Any) -> Json:
    return found if isinstance(found, dict) else {}


def _dicts(found: Any) -> list[Json]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
