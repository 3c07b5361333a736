"""Templates with their words: as Meta is asked to keep them, and as one person gets them.

Variables go by name, not by place: each language may say them in its own order, and one that is missing is
seen by its name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from ventanilla.core.templates import (
    LANGUAGE_AT_META,
    MOST_CHARACTERS,
    TEMPLATES,
    Content,
    Template,
)
from ventanilla.core.text import shorten
from ventanilla.talk.engine import Phrase, Say
from ventanilla.words import LANGUAGES, Words, words
from ventanilla.words.compose import Message, Row
from ventanilla.words.outgoing import TemplateCall

NAME, HEADER, BODY, FOOTER, BUTTONS, LABEL = 512, 60, 1024, 60, 10, 25
_WORDS_A_VARIABLE = 3
"""Meta refuses a text that is little more than variables (its figure is not published)."""
_VARIABLE = re.compile(r"\{\{(.*?)\}\}")
_NOT_PLAIN = re.compile(r"\{\{|[\n*_~`]|[\u2190-\u2bff\ufe0f\U0001f000-\U0001ffff]")
"""What Meta does not take in headers, footers and labels: variables, new lines, formatting, emoji."""
_SAID_BY: Mapping[str, str] = {"confirmed": "cita_confirmada"}
"""Phrases of the talk that a template can say as well."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One template in one language, as Meta is to keep it. `language` is Meta's name for it."""

    name: str
    language: str
    content: Content
    examples: Mapping[str, str]


@cache
def definitions() -> tuple[Definition, ...]:
    """All of ours, in all languages."""
    return tuple(_definition(t, words(lang)) for t in TEMPLATES.values() for lang in LANGUAGES)


def _definition(template: Template, say: Words) -> Definition:
    content = _content(template, say, {value: f"{{{{{value}}}}}" for value in template.values})
    return Definition(template.name, LANGUAGE_AT_META[say.language], content, _texts(template.values, say))


def _content(template: Template, say: Words, values: Mapping[str, str]) -> Content:
    key = f"template-{template.name.replace('_', '-')}"
    rest = say.attributes(key)
    labels = tuple(rest[button.partition(":")[2]] for button in template.buttons)
    return Content(rest["header"], say.text(key, **values), rest["footer"], labels)


def _texts(values: Mapping[str, Any], say: Words) -> dict[str, str]:
    return {name: _text(value, name, say) for name, value in values.items()}


def _text(value: Any, name: str, say: Words) -> str:
    """On one line, as Meta wants it, and no longer than there is room for."""
    if isinstance(value, date):
        return say.text("template-day", day=value)
    text = f"{value:%H:%M}" if isinstance(value, time) else str(value)
    return shorten(" ".join(text.split()), MOST_CHARACTERS[name])


def compose_template(name: str, say: Words, args: Mapping[str, Any], about: str = "") -> TemplateCall:
    """`args`: at least its variables, days and times as such. `about` follows the answer of each button,
    such as an appointment's id: `reminder:going:17`."""
    template = TEMPLATES[name]
    values = _texts({value: args[value] for value in template.values}, say)
    payloads = tuple(f"{button}:{about}" if about else button for button in template.buttons)
    return TemplateCall(name, say.language, values, payloads)


def as_template(said: Say, say: Words) -> TemplateCall | None:
    """What says the same outside the 24 hours, where there is such a template."""
    for part in said.parts:
        if isinstance(part, Phrase) and part.key in _SAID_BY:
            return compose_template(_SAID_BY[part.key], say, part.args)
    return None


def as_message(call: TemplateCall) -> Message:
    """What the person reads."""
    content = _content(TEMPLATES[call.name], words(call.language), call.values)
    rows = tuple(Row(p, label) for p, label in zip(call.payloads, content.buttons, strict=True))
    return Message(f"*{content.header}*\n\n{content.body}\n\n_{content.footer}_", rows)


def body_of(call: TemplateCall) -> str:
    return _content(TEMPLATES[call.name], words(call.language), call.values).body


def faults_of_definition(asked: Definition) -> Iterator[str]:
    """Everything for which Meta would refuse to keep it (whatsapp_limits.csv)."""
    content = asked.content
    if not re.fullmatch(rf"[a-z0-9_]{{1,{NAME}}}", asked.name):
        yield f"name {asked.name!r} may have small letters, digits and underscores"
    for what, text, most in (("header", content.header, HEADER), ("footer", content.footer, FOOTER)):
        if not 0 < len(text) <= most:
            yield f"{what} has {len(text)} characters instead of {most}"
        if _NOT_PLAIN.search(text):
            yield f"{what} has a variable, formatting, an emoji or a new line: {text!r}"
    yield from _faults_of_body(content.body, asked.examples)
    if len(content.buttons) > BUTTONS or len(set(content.buttons)) != len(content.buttons):
        yield f"{len(content.buttons)} buttons instead of {BUTTONS}, or two alike"
    for label in content.buttons:
        if not 0 < len(label) <= LABEL or _NOT_PLAIN.search(label):
            yield f"button {label!r} has {len(label)} characters instead of {LABEL}, or more than words"


def _faults_of_body(body: str, examples: Mapping[str, str]) -> Iterator[str]:
    if not 0 < len(body) <= BODY:
        yield f"body has {len(body)} characters instead of {BODY}"
    found = _VARIABLE.findall(body)
    if sorted(found) != sorted(examples) or not all(examples.values()):
        yield f"variables {found} instead of {list(examples)}, each once with an example"
    between = _VARIABLE.split(body)[::2]
    if found and not (re.search(r"\w", between[0]) and re.search(r"[^\s*_~]", between[-1])):
        yield "a variable stands first or last"
    if not all(re.search(r"[^\s*_~]", text) for text in between[1:-1]):
        yield "two variables stand side by side"
    if len(" ".join(between).split()) < _WORDS_A_VARIABLE * len(found):
        yield f"too few words for {len(found)} variables"
    if re.search(r"\n{3}|\t| {5}", body):
        yield "body has too many new lines or spaces in a row, or a tab"
