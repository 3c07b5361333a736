"""What Meta accepts of what we send, checked before anything is owed (whatsapp_limits.csv).

A fault found here is a bug of ours: the message is set aside and staff are told, instead of a refusal
by Meta (100) after the person has waited.
"""

import re
from collections.abc import Iterator

from ventanilla.core.templates import MOST_CHARACTERS, TEMPLATES
from ventanilla.words import LANGUAGES
from ventanilla.words.compose import (
    BUTTON_TITLE,
    BUTTONS,
    INTERACTIVE_BODY,
    ROW_DESCRIPTION,
    ROW_TITLE,
    SECTION_TITLE,
    TEXT_BODY,
    Message,
    Row,
)
from ventanilla.words.outgoing import Document, File, FormCall, Link, Outgoing, Picture, Pin, TemplateCall
from ventanilla.words.templates import BODY, body_of

PAYLOAD = 256
BUTTON_ID, ROW_ID, OPENER, LINK_BUTTON, ROWS, SECTIONS = 256, 200, 20, 20, 10, 10
CAPTION, FILENAME, URL = 1024, 240, 2000
FORM_BUTTON, FORM_TOKEN = 20, 200
FILE_BYTES = {"image/png": 5 * 2**20, "application/pdf": 100 * 2**20}

_BROKEN_LINE = re.compile(r"[\n\r\t]| {4}")
"""Meta refuses it in what is filled into a template."""


class OverLimit(Exception):
    """`faults`: one sentence each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def hold_to_limits(what: Outgoing | File) -> None:
    """Raises `OverLimit`."""
    faults = tuple(faults_of(what))
    if faults:
        raise OverLimit(faults)


def faults_of(what: Outgoing | File) -> Iterator[str]:
    """Everything for which Meta would refuse it."""
    match what:
        case Message():
            yield from _message(what)
        case Picture() | Document():
            yield from _text("caption", what.caption, CAPTION)
            if isinstance(what, Document):
                yield from _text("file name", what.filename, FILENAME)
        case Link():
            yield from _text("body", what.body, INTERACTIVE_BODY)
            yield from _text("link button", what.button, LINK_BUTTON)
            if not what.url.startswith(("https://", "http://")) or len(what.url) > URL:
                yield f"link {what.url[:40]!r} is no web address of at most {URL} characters"
        case FormCall():
            yield from _text("body", what.body, INTERACTIVE_BODY)
            yield from _text("form button", what.button, FORM_BUTTON)
            yield from _text("form token", what.token, FORM_TOKEN)
            if not what.flow_id.isdigit():
                yield f"no flow has the id {what.flow_id!r}"
        case Pin():
            if not (-90 <= what.latitude <= 90 and -180 <= what.longitude <= 180):
                yield f"no such place on Earth: {what.latitude}, {what.longitude}"
        case TemplateCall():
            yield from _call(what)
        case File():
            if not 0 < len(what.content) <= FILE_BYTES.get(what.mime, 0):
                yield f"file of {len(what.content)} bytes of {what.mime}"


def _message(message: Message) -> Iterator[str]:
    choices = bool(message.buttons or message.sections)
    yield from _text("body", message.body, INTERACTIVE_BODY if choices else TEXT_BODY)
    if message.buttons and message.sections:
        yield "buttons and a list in one message"
    yield from _buttons(message.buttons)
    if message.sections:
        yield from _text("list button", message.opener, OPENER)
        yield from _list(message.sections)


def _call(call: TemplateCall) -> Iterator[str]:
    template = TEMPLATES.get(call.name)
    if template is None or call.language not in LANGUAGES:
        yield f"no template {call.name!r} in {call.language!r}"
        return
    if call.values.keys() != template.values.keys() or len(call.payloads) != len(template.buttons):
        yield f"{call.name} with {list(call.values)} and {len(call.payloads)} payloads"
        return
    for name, text in call.values.items():
        yield from _text(name, text, MOST_CHARACTERS[name])
        if _BROKEN_LINE.search(text):
            yield f"{name} is not on one line, or has many spaces in a row"
    for payload in call.payloads:
        yield from _text("payload", payload, PAYLOAD)
    yield from _text("body of the template", body_of(call), BODY)


def _text(what: str, text: str, most: int) -> Iterator[str]:
    if not text.strip() or text != text.strip():
        yield f"{what} is empty or has spaces around it: {text[:40]!r}"
    if len(text) > most:
        yield f"{what} has {len(text)} characters instead of {most}: {text[:40]!r}"


def _buttons(buttons: tuple[Row, ...]) -> Iterator[str]:
    if len(buttons) > BUTTONS:
        yield f"{len(buttons)} buttons instead of {BUTTONS}"
    if len({b.title for b in buttons}) != len(buttons) or len({b.id for b in buttons}) != len(buttons):
        yield "two buttons alike"
    for button in buttons:
        yield from _text("button title", button.title, BUTTON_TITLE)
        yield from _text("button id", button.id, BUTTON_ID)


def _list(sections: tuple[tuple[str, tuple[Row, ...]], ...]) -> Iterator[str]:
    rows = [row for _, group in sections for row in group]
    if not 1 <= len(rows) <= ROWS or len(sections) > SECTIONS:
        yield f"{len(rows)} rows in {len(sections)} sections"
    if len({row.id for row in rows}) != len(rows):
        yield "two rows with one id"
    for title, _ in sections:
        if title or len(sections) > 1:
            yield from _text("section title", title, SECTION_TITLE)
    for row in rows:
        yield from _text("row title", row.title, ROW_TITLE)
        yield from _text("row id", row.id, ROW_ID)
        if row.description:
            yield from _text("row description", row.description, ROW_DESCRIPTION)
