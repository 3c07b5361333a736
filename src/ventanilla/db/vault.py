"""Sealing of personal columns, and the keys by which they are looked up.

AES-256-GCM with a key id in front: `id(1) nonce(12) ciphertext+tag`. What is sealed for one column
opens only there. Look-up keys are HMAC-SHA256. All keys come from one secret by HKDF.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_ID = b"\x01"
_NONCE = 12


class Sealed(ValueError):
    """This cannot be opened with the keys at hand, or not in this column."""


def derive(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose; different purposes tell nothing of each other."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"ventanilla {purpose}".encode())
    return kdf.derive(secret.encode())


class Vault:
    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(derive(secret, "columns 1"))
        self._lookup = derive(secret, "look-up 1")

    def seal(self, column: str, plain: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return _KEY_ID + nonce + self._cipher.encrypt(nonce, plain, column.encode())

    def open(self, column: str, sealed: bytes) -> bytes:
        if sealed[:1] != _KEY_ID:
            raise Sealed(f"{column}: unknown key id {sealed[:1].hex()}")
        nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, rest, column.encode())
        except Exception as fault:
            raise Sealed(f"{column}: not sealed with this key or for this column") from fault

    def key(self, kind: str, text: str) -> bytes:
        """The look-up key of a CURP or an address; equal for equal texts only."""
        return hmac.digest(self._lookup, f"{kind}\0{text}".encode(), hashlib.sha256)
