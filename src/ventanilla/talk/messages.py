"""What is heard and what is said, before any words: values that every channel and language shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = str
"""Answers are short texts: codes, ISO dates, or what the person wrote. They are stored as they are."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message of the word files, with its variables: texts, numbers, dates, hours, other phrases."""

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)


Text = Phrase | str


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be tapped; `ask` where it answers another question than the one it stands under."""

    value: Value
    title: Text
    description: Text | None = None
    section: Text | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the person: paragraphs, and what can be tapped (ids are `ask:value`)."""

    parts: tuple[Phrase, ...]
    choices: tuple[Choice, ...] = ()
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """One paper, picture or link that is made when it is sent."""

    paper: str
    args: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormOffer:
    """An invitation to fill in a form; `instead` is the same question in the chat, where no form can go."""

    parts: tuple[Phrase, ...]
    button: Phrase
    flow_id: str
    token: str
    instead: Say


Out = Say | Hand | FormOffer
"""What one turn may send; each is one message (a long `Say` two)."""


@dataclass(frozen=True, slots=True)
class Do:
    """Something to be carried out with the turn, in the same transaction."""

    name: str
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in. `kind`: `text`, `choice`, `form` (its JSON, as a phone sent it), `media` (anything not
    written) or `silent`."""

    kind: str
    text: str = ""
    choice: str = ""

    def for_ask(self, name: str) -> Value | None:
        """The value tapped, if what was tapped belongs to this question."""
        prefix, _, value = self.choice.partition(":")
        return value if self.choice and prefix == name else None
