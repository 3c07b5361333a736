"""Signed texts: the link to a person's papers, and the check-in token of the first QR code."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_ID = "k1"
_MAC = 16


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True, slots=True)
class LinkKey:
    """Signs links that nobody can guess or prolong: `id.expiry.mac`, both numbers in hexadecimal."""

    secret: bytes

    def sign(self, appointment_id: int, expires_at: datetime) -> str:
        body = f"{appointment_id:x}.{int(expires_at.timestamp()):x}"
        return f"{body}.{self._mac(body)}"

    def read(self, token: str, now: datetime) -> int | None:
        """The appointment's id; None for a link that was not signed here or has expired."""
        body, _, mac = token.rpartition(".")
        if not hmac.compare_digest(mac.encode(), self._mac(body).encode()):
            return None
        appointment, _, expiry = body.partition(".")
        return int(appointment, 16) if int(expiry, 16) > now.timestamp() else None

    def _mac(self, body: str) -> str:
        return _text(hmac.digest(self.secret, body.encode(), hashlib.sha256)[:_MAC])


@dataclass(frozen=True, slots=True)
class CheckinKey:
    """Ed25519: the desk verifies with the public half alone, without a network."""

    seed: bytes

    def sign(self, appointment_id: int, starts_at: datetime) -> str:
        """`v1.<appointment>.<start, Unix minutes>.<key id>.<signature>`; nothing personal in it."""
        body = f"v1.{appointment_id:x}.{int(starts_at.timestamp()) // 60:x}.{KEY_ID}"
        return f"{body}.{_text(Ed25519PrivateKey.from_private_bytes(self.seed).sign(body.encode()))}"

    def public(self) -> bytes:
        key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


@dataclass(frozen=True, slots=True)
class Checkin:
    appointment_id: int
    starts_at: datetime


def read_checkin(token: str, public: bytes) -> Checkin | None:
    """What a check-in token says; None where the signature is not ours."""
    body, _, signature = token.rpartition(".")
    try:
        raw = _raw(signature)
        # Unused bits of the last letter would let one signature be written in several ways.
        if _text(raw) != signature:
            return None
        Ed25519PublicKey.from_public_bytes(public).verify(raw, body.encode())
        version, appointment, minutes, _key = body.split(".")
    except (InvalidSignature, ValueError):
        return None
    if version != "v1":
        return None
    return Checkin(int(appointment, 16), datetime.fromtimestamp(int(minutes, 16) * 60, UTC))
