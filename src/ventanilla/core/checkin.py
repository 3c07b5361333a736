"""The first QR code: a CURP and a signed token, which the desk verifies without a network.

Ed25519: what a desk keeps is public, so a stolen one signs nothing. The token binds the CURP, so that a
genuine token behind somebody else's CURP is refused there and then.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ventanilla.core.tokens import raw_of, text_of

FaultKind = Literal["unreadable", "unknown-key", "altered", "other-curp", "other-office", "other-day"]
_BOUND = 9
"""Bytes: a CURP made to fit another's token would have to be found among 2^72."""
_PUBLIC = 32


@dataclass(frozen=True, slots=True)
class Checkin:
    """What a code says. The first version said only `appointment_id` and `starts_at`: the other texts are
    empty there, and `bound` tells whether the CURP in front of it is the one it was signed for."""

    starts_at: datetime
    folio: str = ""
    office_id: str = ""
    appointment_id: int = 0
    bound: bool = False


@dataclass(frozen=True, slots=True)
class CheckinFault:
    """`said`: the key, office or moment that the code names, where that is what is wrong."""

    kind: FaultKind
    said: str | datetime = ""


@dataclass(frozen=True, slots=True)
class CheckinKey:
    """`id`: under which a desk finds the public half. Another one lets old codes be read beside new ones."""

    seed: bytes
    id: str = "k1"

    def sign(self, folio: str, office_id: str, starts_at: datetime, curp: str) -> str:
        """`v2.<office>.<folio>.<start, Unix minutes>.<CURP, hashed>.<key id>.<signature>`."""
        minutes = int(starts_at.timestamp()) // 60
        body = f"v2.{office_id}.{folio}.{minutes:x}.{_bound(folio, curp)}.{self.id}"
        return f"{body}.{text_of(self._private().sign(body.encode()))}"

    def public(self) -> bytes:
        return self._private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def _bound(folio: str, curp: str) -> str:
    """With the folio, so that two codes of one person do not show that they are."""
    return text_of(hashlib.sha256(f"{folio}\0{curp}".encode()).digest()[:_BOUND])


def code_of(curp: str, token: str) -> str:
    """The whole text of the first QR code."""
    return f"{curp} {token}"


def read_code(text: str, keys: Mapping[str, bytes]) -> Checkin | CheckinFault:
    """What the whole text of a first QR code says; `keys`: the public halves by their ids."""
    curp, _, token = text.partition(" ")
    body, _, signature = token.rpartition(".")
    key_id = body.rpartition(".")[2]
    if not (curp and signature and token.startswith(("v1.", "v2."))):
        return CheckinFault("unreadable")
    if key_id not in keys:
        return CheckinFault("unknown-key", key_id)
    if not _signed(body, signature, keys[key_id]):
        return CheckinFault("altered")
    return _read_v1(body) if body.startswith("v1.") else _read_v2(body, curp)


def _signed(body: str, signature: str, public: bytes) -> bool:
    try:
        raw = raw_of(signature)
        Ed25519PublicKey.from_public_bytes(public).verify(raw, body.encode())
    except (InvalidSignature, ValueError):
        return False
    # Unused bits of the last letter would let one signature be written in several ways.
    return text_of(raw) == signature


def _read_v1(body: str) -> Checkin:
    _, appointment, minutes, _ = body.split(".")
    return Checkin(_moment(minutes), appointment_id=int(appointment, 16))


def _read_v2(body: str, curp: str) -> Checkin | CheckinFault:
    """An office's own id may have dots in it."""
    office_id, folio, minutes, bound, _ = body.removeprefix("v2.").rsplit(".", 4)
    if bound != _bound(folio, curp):
        return CheckinFault("other-curp")
    return Checkin(_moment(minutes), folio, office_id, bound=True)


def _moment(minutes: str) -> datetime:
    return datetime.fromtimestamp(int(minutes, 16) * 60, UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """What one office's desk keeps to read codes without a network; `keys`: public halves, by id."""

    office_id: str
    name: str
    zone: str
    keys: Mapping[str, bytes]


def read_at(desk: Desk, text: str, day: date) -> Checkin | CheckinFault:
    """A code as this desk reads it on this day of its own calendar."""
    said = read_code(text, desk.keys)
    if isinstance(said, CheckinFault):
        return said
    if said.office_id not in ("", desk.office_id):
        return CheckinFault("other-office", said.office_id)
    if said.starts_at.astimezone(ZoneInfo(desk.zone)).date() != day:
        return CheckinFault("other-day", said.starts_at)
    return said


def write_desk(desk: Desk) -> str:
    """As the desk's file has it: keys in base64."""
    keys = {name: base64.b64encode(raw).decode() for name, raw in desk.keys.items()}
    fields = {"office": desk.office_id, "name": desk.name, "zone": desk.zone, "keys": keys}
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def read_desk(text: str) -> Desk:
    """Raises `ValueError` for what is not such a file."""
    try:
        fields = json.loads(text)
        keys = {str(n): base64.b64decode(key, validate=True) for n, key in fields["keys"].items()}
        desk = Desk(str(fields["office"]), str(fields["name"]), str(fields["zone"]), keys)
        ZoneInfo(desk.zone)
    except (AttributeError, KeyError, LookupError, TypeError, ValueError) as fault:
        raise ValueError(f"not a file of `ventanilla desk keys`: {fault!r}") from fault
    if not keys or any(len(raw) != _PUBLIC for raw in keys.values()):
        raise ValueError("not a file of `ventanilla desk keys`: a key is missing or cut short")
    return desk
