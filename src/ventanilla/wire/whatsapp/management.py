"""Templates at Meta: listed, made, changed and deleted, in the account that the number belongs to."""

from ventanilla.core.templates import CATEGORY, Content, Known, Listed
from ventanilla.wire.whatsapp.administration import Administration
from ventanilla.wire.whatsapp.answers import ask, text_at
from ventanilla.wire.whatsapp.lenient import Node, dicts, node
from ventanilla.words.templates import Definition

_FIELDS = "id,name,language,status,category,rejected_reason,quality_score,components"


class Management(Administration):
    """`account_id`: of the WhatsApp Business account, not of the number."""

    def __init__(
        self, api_url: str, version: str, account_id: str, token: str, timeout_seconds: float = 10
    ) -> None:
        super().__init__(api_url, version, token, timeout_seconds)
        self._list = f"{self._api}/{account_id}/message_templates"

    async def listed(self) -> tuple[Listed, ...]:
        """All of the account's, of whoever made them. Raises `SendFailed`, as do the others."""
        return tuple(_listed(item) for item in await self._all(self._list, _FIELDS))

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


def _shaped(definition: Definition) -> Node:
    content = definition.content
    body: Node = {"type": "BODY", "text": content.body}
    if definition.examples:
        named = [{"param_name": name, "example": text} for name, text in definition.examples.items()]
        body["example"] = {"body_text_named_params": named}
    components: list[Node] = [
        {"type": "HEADER", "format": "TEXT", "text": content.header},
        body,
        {"type": "FOOTER", "text": content.footer},
    ]
    if content.buttons:
        buttons = [{"type": "QUICK_REPLY", "text": label} for label in content.buttons]
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {"parameter_format": "NAMED", "components": components}


def _listed(item: Node) -> Listed:
    """Lenient: other people's templates may be of any kind."""
    text = {key: value for key, value in item.items() if isinstance(value, str)}
    reason = text.get("rejected_reason", "")
    known = Known(
        text.get("name", ""),
        text.get("language", ""),
        text.get("status", "").upper(),
        text.get("category", "").upper(),
        _content(dicts(item.get("components"))).hash,
        "" if reason == "NONE" else reason,
        str(node(item.get("quality_score")).get("score") or ""),
    )
    return Listed(text.get("id", ""), known)


def _content(components: list[Node]) -> Content:
    """What is no text and no quick reply is named by its kind, so that it never equals one of ours."""
    parts = {str(c.get("type")).upper(): c for c in components}
    header, buttons = parts.get("HEADER", {}), parts.get("BUTTONS", {})
    kind = str(header.get("format") or "TEXT").upper()
    return Content(
        str(header.get("text") or "") if kind == "TEXT" else f"({kind})",
        str(parts.get("BODY", {}).get("text") or ""),
        str(parts.get("FOOTER", {}).get("text") or ""),
        tuple(_label(button) for button in dicts(buttons.get("buttons"))),
    )


def _label(button: Node) -> str:
    text = str(button.get("text") or "")
    return text if str(button.get("type")).upper() == "QUICK_REPLY" else f"({button.get('type')}) {text}"
