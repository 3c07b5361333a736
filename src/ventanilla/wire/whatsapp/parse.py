"""Webhook bodies in: every entry, change, message, status and error, whatever its shape.

Lenient on purpose: numbers may be texts, lists may be objects, contacts may be missing. What is not
understood is kept raw, never dropped and never a reason to refuse the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from ventanilla.core.channel import Status
from ventanilla.core.identity import IdentityChange
from ventanilla.core.notices import ChannelNotice
from ventanilla.core.templates import TemplateUpdate
from ventanilla.talk.engine import Heard
from ventanilla.wire.whatsapp.account import notice, template_update
from ventanilla.wire.whatsapp.errors import fault_of
from ventanilla.wire.whatsapp.identities import of_system_message, of_user_id_update, who_wrote
from ventanilla.wire.whatsapp.lenient import Node, decoded
from ventanilla.wire.whatsapp.lenient import dicts as _dicts
from ventanilla.wire.whatsapp.lenient import moment as _moment
from ventanilla.wire.whatsapp.lenient import node as _dict
from ventanilla.wire.whatsapp.lenient import number as _number
from ventanilla.wire.whatsapp.lenient import text as _text
from ventanilla.words.incoming import Incoming, Updates

_SILENT = frozenset({"reaction", "edit", "revoke", "deleted", "errors", "ephemeral"})
_MEDIA = frozenset({"image", "audio", "video", "document", "sticker", "location", "contacts", "order"})
_READ = _MEDIA | {"text", "interactive", "button", "request_welcome"}
_STATUSES = frozenset({"sent", "delivered", "read", "played", "failed", "deleted", "warning"})
_ITEMS = ("messages", "statuses", "errors")
_CONTEXT = frozenset({"messaging_product", "metadata", "contacts", *_ITEMS})
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_TEXT_MAX = 4096
_ID_MAX = 512
_KIND_MAX = 60


@dataclass(slots=True)
class _Found:
    messages: list[Incoming] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    raw: list[tuple[str, bytes]] = field(default_factory=list)
    changes: list[IdentityChange] = field(default_factory=list)
    templates: list[TemplateUpdate] = field(default_factory=list)
    notices: list[ChannelNotice] = field(default_factory=list)

    def keep(self, kind: str, what: Any) -> None:
        if what not in _NOTHING:
            self.raw.append((kind, msgspec.json.encode(what)))

    def items(self, found: Any, kind: str) -> Iterator[Node]:
        """A list's objects; an object alone counts as a list of one; what is neither is kept."""
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict) and item:
                yield item
            else:
                self.keep(kind, item)


def parse(body: bytes) -> Updates:
    """Raises `NotJson`; anything that is JSON gives what can be read of it."""
    try:
        whole = decoded(body)
        found = _Found()
        _read(whole, found)
    except RecursionError:
        return Updates(raw=(("too deep", body),))
    if not (found.messages or found.statuses or found.raw or found.notices):
        found.raw.append(("empty", msgspec.json.encode(whole)))
    return Updates(
        tuple(found.messages),
        tuple(found.statuses),
        tuple(found.raw),
        tuple(found.changes),
        tuple(found.templates),
        tuple(found.notices),
    )


def _read(whole: Any, found: _Found) -> None:
    for root in found.items(whole, "body"):
        if root.get("entry") in _NOTHING:
            found.keep("body", root)
        for entry in found.items(root.get("entry"), "entry"):
            if entry.get("changes") in _NOTHING:
                found.keep("entry", entry)
            for change in found.items(entry.get("changes"), "change"):
                _read_change(change, _moment(entry.get("time")), found)


def _read_change(change: Node, at: datetime | None, found: _Found) -> None:
    name = _text(change.get("field"))[:_KIND_MAX] or "messages"
    if change.get("value") in _NOTHING:
        found.keep(name, change)
    for value in found.items(change.get("value"), name):
        if name == "messages":
            _read_value(value, found)
        elif told := notice(name, value, at):
            found.notices.append(told)
        else:
            if update := template_update(name, value):
                found.templates.append(update)
            if name == "user_id_update":
                found.changes += of_user_id_update(value)
            found.keep(name, value)


def _read_value(value: Node, found: _Found) -> None:
    if not any(key in value for key in _ITEMS):
        found.keep("messages", value)
        return
    for item in found.items(value.get("messages"), "message"):
        _read_message(item, value, found)
    for item in found.items(value.get("statuses"), "status"):
        status = _status(item)
        if status is None:
            found.keep("status", item)
        else:
            found.statuses.append(status)
    for item in found.items(value.get("errors"), "error"):
        found.keep("error", item)
    for key in value.keys() - _CONTEXT:
        found.keep(f"messages.{_text(key)[:_KIND_MAX]}", {key: value[key]})


def _read_message(item: Node, value: Node, found: _Found) -> None:
    kind = _text(item.get("type"))
    incoming = None if kind == "system" else _message(item, value)
    if incoming is not None:
        found.messages.append(incoming)
    elif change := of_system_message(item):
        found.changes.append(change)
    read = kind in _READ or (not kind and "text" in item)
    if incoming is None or incoming.heard.kind == "silent" or not read:
        found.keep(f"message.{kind[:_KIND_MAX]}", item)
    for error in _dicts(item.get("errors")):
        found.keep("error", error)


def _message(item: Node, value: Node) -> Incoming | None:
    wamid, names = _text(item.get("id")), who_wrote(item, value)
    if not wamid or len(wamid) > _ID_MAX or not names:
        return None
    return Incoming(wamid, names[0], _heard(item), _moment(item.get("timestamp")), names[1:])


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
    wamid, status = _text(item.get("id")), _text(item.get("status"))
    if not wamid or len(wamid) > _ID_MAX or status not in _STATUSES:
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
