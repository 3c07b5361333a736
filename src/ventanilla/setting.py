"""What a setting can be: its kinds, each a function from text to value, and secrets that do not print."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ventanilla.wire.whatsapp.flow_crypto import private_keys

PREFIX = "VENTANILLA_"


class Secret:
    """Text that shows itself only to `reveal()`: never in a log, a traceback or `ventanilla check`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "***" if self._text else ""

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` raises ValueError with what was expected; `wanted` says it for the documentation."""

    wanted: str
    read: Callable[[str], Any]
    secret: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What the documentation says of one setting, and when it must be given."""

    text: str
    kind: Kind
    required: bool = False
    written_default: str = ""


def setting(
    text: str, kind: Kind, default: Any = "", *, required: bool = False, written_default: str = ""
) -> Any:
    """A field of the settings. `required`: may not be empty outside the demonstration."""
    value = Secret(default) if kind.secret else default
    written = f"{default:%H:%M}" if isinstance(default, time) else str(default)
    about = About(text, kind, required, written_default or written)
    return field(default=value, metadata={"about": about})


def _matching(pattern: str, wanted: str, text: str) -> str:
    if not re.fullmatch(pattern, text):
        raise ValueError(wanted)
    return text


def _form(pattern: str, wanted: str) -> Kind:
    return Kind(wanted, partial(_matching, pattern, wanted))


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError("1 or 0")
    return text == "1"


def _address(text: str) -> str:
    wanted = "an address that begins with https:// (or http:// on one's own machine)"
    try:
        parts = urlsplit(text)
        whole_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise ValueError(wanted) from None
    if not whole_address or parts.query or parts.fragment:
        raise ValueError(wanted)
    return text.rstrip("/")


def _database(text: str) -> Secret:
    if urlsplit(text).scheme not in ("postgresql", "postgres"):
        raise ValueError("an address that begins with postgresql://")
    return Secret(text)


def _number(text: str) -> str:
    digits = re.sub(r"[+ ()-]", "", text)
    if not re.fullmatch(r"[0-9]{8,15}", digits):
        raise ValueError("a telephone number with its country code")
    return digits


def _long_secret(text: str) -> Secret:
    if len(text) < 32:
        raise ValueError("at least 32 characters")
    return Secret(text)


def _one_or_two(text: str) -> Secret:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 2 or not all(parts):
        raise ValueError("one value, or the new and the old one separated by a comma")
    return Secret(",".join(parts))


def _private_keys(text: str) -> Secret:
    """PEM text (line ends may be written `\\n`), or the path of a file with it."""
    wanted = "RSA private keys of 2048 bits in PEM form, or the path of a file with them"
    try:
        pem = text if "-----BEGIN" in text else Path(text).read_text("utf-8")
        if not private_keys(pem):
            raise ValueError(wanted)
    except (OSError, ValueError, TypeError):
        raise ValueError(wanted) from None
    return Secret(pem)


def whole(low: int, high: int) -> Kind:
    wanted = f"a whole number from {low} to {high}"

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(wanted)
        return int(text)

    return Kind(wanted, read)


def _clock(text: str) -> time:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise ValueError(CLOCK.wanted)
    return time.fromisoformat(text)


def one_of(*values: str) -> Kind:
    return _form("|".join(map(re.escape, values)), " or ".join(f"`{value}`" for value in values))


TEXT = Kind("text", str)
FOLDER = Kind("a folder", Path)
TABLE = Kind("the path of a CSV file", Path)
SWITCH = Kind("`1` or `0`", _switch)
CLOCK = Kind("an hour like `07:30`", _clock)
ADDRESS = Kind("an address", _address)
DIGITS = _form(r"[0-9]+", "digits only")
NUMBER = Kind("a telephone number with its country code", _number)
PHONE = _form(r"[+0-9][0-9 ()-]{2,20}", "a telephone number")
EMAIL = _form(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address")
VERSION = _form(r"v[0-9]+\.[0-9]+", "like `v26.0`")
SECRET = Kind("secret", Secret, secret=True)
LONG_SECRET = Kind("secret, at least 32 characters", _long_secret, secret=True)
ROTATING_SECRET = Kind(
    "secret; two values separated by a comma while it is changed", _one_or_two, secret=True
)
PRIVATE_KEYS = Kind("secret, PEM text or the path of a file with it", _private_keys, secret=True)
DATABASE = Kind("secret, an address", _database, secret=True)
