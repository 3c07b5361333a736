"""Webhook bodies in: every entry, change, message, status and error, whatever its shape.

Lenient on purpose: numbers may be texts, lists may be objects, contacts may be missing. What is not
understood is kept raw, never dropped and never a reason to refuse the rest.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from ventanilla.core.channel import Address, Status
from ventanilla.talk.engine import Heard
from ventanilla.wire.whatsapp.errors import fault_of
from ventanilla.words.incoming import Incoming, Updates

_SILENT = frozenset({"reaction", "edit", "system", "revoke", "deleted", "errors", "ephemeral"})
_STATUSES = frozenset({"sent", "delivered", "read", "played", "failed", "deleted", "warning"})
_TEXT_MAX = 4096
_ID_MAX = 512


class NotJson(ValueError):
    """The body is not JSON at all."""


def parse(body: bytes) -> Updates:
    """Raises `NotJson`; anything that is JSON gives what can be read of it."""
    try:
        whole = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise NotJson(str(fault)) from fault
    messages: list[Incoming] = []
    statuses: list[Status] = []
    raw: list[tuple[str, bytes]] = []
    for field, value in _changes(whole):
        if field != "messages":
            raw.append((field[:80] or "unknown", msgspec.json.encode(value)))
            continue
        for item in _dicts(value.get("messages")):
            incoming = _message(item, value)
            if incoming is None or incoming.heard.kind == "silent":
                raw.append((f"message.{_text(item.get('type'))[:60]}", msgspec.json.encode(item)))
            if incoming is not None:
                messages.append(incoming)
        for item in _dicts(value.get("statuses")):
            status = _status(item)
            if status is None:
                raw.append(("status", msgspec.json.encode(item)))
            else:
                statuses.append(status)
        raw += [("error", msgspec.json.encode(e)) for e in _dicts(value.get("errors"))]
        if not any(key in value for key in ("messages", "statuses", "errors")):
            raw.append(("messages", msgspec.json.encode(value)))
    if not (messages or statuses or raw):
        raw.append(("empty", msgspec.json.encode(whole)[:10_000]))
    return Updates(tuple(messages), tuple(statuses), tuple(raw))


def _changes(whole: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(whole, dict):
        return
    for entry in _dicts(whole.get("entry")):
        for change in _dicts(entry.get("changes")):
            value = change.get("value")
            if isinstance(value, dict):
                yield _text(change.get("field")) or "messages", value


def _dicts(found: Any) -> list[dict[str, Any]]:
    """A list's objects; an object alone counts as a list of one."""
    if isinstance(found, dict):
        return [found] if found else []
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _dict(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _text(found: Any) -> str:
    """NUL has no place in a PostgreSQL text."""
    if isinstance(found, str):
        return found.replace("\x00", "")
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def _message(item: Mapping[str, Any], value: Mapping[str, Any]) -> Incoming | None:
    wamid, sender = _text(item.get("id"))[:_ID_MAX], _sender(item, value)
    if not wamid or sender is None:
        return None
    return Incoming(wamid, sender, _heard(item), _moment(item.get("timestamp")))


def _sender(item: Mapping[str, Any], value: Mapping[str, Any]) -> Address | None:
    """The phone where there is one; else the business-scoped id, in the message or its contact."""
    contacts = _dicts(value.get("contacts"))
    contact = contacts[0] if len(contacts) == 1 else {}
    phone = _text(item.get("from")) or _text(contact.get("wa_id"))
    if phone.isdigit():
        return Address("phone", phone[:32])
    scoped = _text(item.get("from_user_id")) or _text(contact.get("user_id"))
    return Address("bsuid", scoped[:200]) if scoped else None


def _heard(item: Mapping[str, Any]) -> Heard:
    kind = _text(item.get("type"))
    if kind == "text" or (not kind and "text" in item):
        body = _text(_dict(item.get("text")).get("body")).strip()
        return Heard("text", body[:_TEXT_MAX]) if body else Heard("media")
    if kind == "interactive":
        return _interactive(_dict(item.get("interactive")))
    if kind == "button":
        button = _dict(item.get("button"))
        return _tapped(_text(button.get("payload")), _text(button.get("text")))
    if kind == "request_welcome":
        return Heard("text", "hola")
    return Heard("silent") if kind in _SILENT else Heard("media")


def _interactive(interactive: Mapping[str, Any]) -> Heard:
    for kind in ("button_reply", "list_reply"):
        reply = interactive.get(kind)
        if isinstance(reply, dict):
            return _tapped(_text(reply.get("id")), _text(reply.get("title")))
    form = interactive.get("nfm_reply")
    if isinstance(form, dict):
        return Heard("form", _text(form.get("response_json"))[:_TEXT_MAX])
    return Heard("silent")


def _tapped(choice: str, title: str) -> Heard:
    """Ids of ours carry a colon; any other is taken for what it says."""
    if ":" in choice:
        return Heard("choice", title[:_TEXT_MAX], choice[:_ID_MAX])
    return Heard("text", (title or choice)[:_TEXT_MAX]) if title or choice else Heard("silent")


def _status(item: Mapping[str, Any]) -> Status | None:
    wamid, status = _text(item.get("id"))[:_ID_MAX], _text(item.get("status"))
    if not wamid or status not in _STATUSES:
        return None
    errors = _dicts(item.get("errors"))
    error = errors[0] if errors else {}
    code = _number(error.get("code"))
    details = _text(_dict(error.get("error_data")).get("details"))
    ours = _number(item.get("biz_opaque_callback_data"))
    code = code if code is not None and code < 2**31 else None
    return Status(
        wamid,
        ours if ours is not None and ours < 2**63 else None,
        status,
        _moment(item.get("timestamp")) or datetime.now(UTC),
        code,
        (details or _text(error.get("title")))[:500],
        fault_of(400, code),
    )


def _number(found: Any) -> int | None:
    text = _text(found)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _moment(found: Any) -> datetime | None:
    seconds = _number(found)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
