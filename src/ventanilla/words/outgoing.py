"""What a channel can be asked to send, besides a `Message`."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.words.compose import Message


@dataclass(frozen=True, slots=True)
class File:
    """To be uploaded; what is sent then refers to it."""

    content: bytes
    mime: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`media`: what the channel's upload gave."""

    media: str
    caption: str


@dataclass(frozen=True, slots=True)
class Document:
    media: str
    filename: str
    caption: str


@dataclass(frozen=True, slots=True)
class Link:
    body: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Pin:
    latitude: float
    longitude: float
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class TemplateCall:
    """A template with its variables filled in; the only thing that goes out when the 24 hours are over.

    `language` is ours. `payloads`: what comes back from a tap on each button, in their order.
    """

    name: str
    language: str
    values: Mapping[str, str]
    payloads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormCall:
    """A message whose button opens a form; `token` comes back with everything filled in there."""

    body: str
    button: str
    flow_id: str
    token: str


Outgoing = Message | Picture | Document | Link | Pin | TemplateCall | FormCall
