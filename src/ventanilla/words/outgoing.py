"""What a channel can be asked to send, besides a `Message`."""

from dataclasses import dataclass

from ventanilla.words.compose import Message


@dataclass(frozen=True, slots=True)
class Picture:
    png: bytes
    caption: str


@dataclass(frozen=True, slots=True)
class Document:
    pdf: bytes
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


Outgoing = Message | Picture | Document | Link | Pin
