"""The encryption of the Flows data channel, as a phone does it. Pure: chance comes in.

A request is AES-128-GCM (tag of 16 bytes at the end) under a fresh key, which goes along under the business's
RSA key (OAEP, SHA-256 for both hashes). The answer is under the same key, with every bit of the IV inverted.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

KEY_BITS = 2048
KEY_BYTES = 16
IV_BYTES = (12, 16)  # both are seen; a phone of today sends 16


class CannotOpen(Exception):
    """What came back is not under the key and the inverted IV of the request, or is not JSON."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The secrets of one request, kept to open its answer."""

    key: bytes
    iv: bytes

    def seal(self, content: Any, public_key: RSAPublicKey) -> bytes:
        """The JSON body to post."""
        sealed = AESGCM(self.key).encrypt(self.iv, msgspec.json.encode(content), None)
        wrapped = public_key.encrypt(self.key, OAEP(MGF1(SHA256()), SHA256(), None))
        return msgspec.json.encode(
            {
                "encrypted_flow_data": b64encode(sealed).decode(),
                "encrypted_aes_key": b64encode(wrapped).decode(),
                "initial_vector": b64encode(self.iv).decode(),
            }
        )

    def open(self, answer: bytes) -> Any:
        """The content of an answer in base64. Raises CannotOpen."""
        try:
            return msgspec.json.decode(
                AESGCM(self.key).decrypt(inverted(self.iv), b64decode(answer, validate=True), None)
            )
        except (InvalidTag, NotBase64, ValueError) as problem:
            raise CannotOpen(type(problem).__name__) from problem


def inverted(iv: bytes) -> bytes:
    return bytes(byte ^ 0xFF for byte in iv)


def public_key_of(pem: str) -> RSAPublicKey:
    """Raises ValueError when it is not an RSA key of 2048 bits in PEM."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, RSAPublicKey) or key.key_size != KEY_BITS:
        raise ValueError(f"an RSA key of {KEY_BITS} bits is needed")
    return key


def token_signature(app_secret: str, flow_token: str) -> str:
    """The `flow_token_signature`: a JWT (HS256) under the app secret that carries the token."""
    parts = [{"alg": "HS256", "typ": "JWT"}, {"flow_token": flow_token}]
    said = b".".join(_letters(msgspec.json.encode(part)) for part in parts)
    proof = hmac.new(app_secret.encode(), said, hashlib.sha256).digest()
    return b".".join([said, _letters(proof)]).decode()


def _letters(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
