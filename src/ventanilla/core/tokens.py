"""Signed links: to a person's papers, and of forms."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

_MAC = 16


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw_of(text: str) -> bytes:
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
        return text_of(hmac.digest(self.secret, body.encode(), hashlib.sha256)[:_MAC])
