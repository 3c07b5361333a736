"""How a form's pages travel: an AES key by RSA-OAEP, the page by AES-GCM, the answer with the same key and
the bits of its initial vector turned over (Flows, "Implementing endpoints")."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
_BITS = 2048
_AES_BYTES = (16, 24, 32)
_VECTOR_BYTES = range(8, 129)
_END = "-----END"


class CannotDecrypt(ValueError):
    """Not encrypted for any of our keys: the phone should fetch the public one again."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the answer to one request is encrypted with."""

    key: bytes
    vector: bytes

    def seal(self, answer: Mapping[str, Any]) -> str:
        turned = bytes(byte ^ 0xFF for byte in self.vector)
        return base64.b64encode(AESGCM(self.key).encrypt(turned, msgspec.json.encode(answer), None)).decode()


def private_keys(pem: str) -> tuple[rsa.RSAPrivateKey, ...]:
    """All of them, in order; the first is the one whose public half Meta is given. Raises ValueError."""
    keys = []
    for block in pem.replace("\\n", "\n").split("-----BEGIN")[1:]:
        key = load_pem_private_key(f"-----BEGIN{block}".encode(), None)
        if not isinstance(key, rsa.RSAPrivateKey) or key.key_size != _BITS:
            raise ValueError(f"an RSA key of {_BITS} bits")
        keys.append(key)
    return tuple(keys)


def new_private_key() -> str:
    key = rsa.generate_private_key(65537, _BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def opened(body: bytes, keys: Sequence[rsa.RSAPrivateKey]) -> tuple[dict[str, Any], Envelope]:
    """The request inside, with what its answer is sealed with. Raises `CannotDecrypt` for anything else."""
    try:
        outer = msgspec.json.decode(body, type=dict[str, Any])
        wrapped, data, vector = (
            base64.b64decode(outer[name], validate=True)
            for name in ("encrypted_aes_key", "encrypted_flow_data", "initial_vector")
        )
        envelope = Envelope(_unwrapped(wrapped, keys), vector)
        if len(envelope.key) not in _AES_BYTES or len(vector) not in _VECTOR_BYTES:
            raise CannotDecrypt("no AES key or initial vector of a known length")
        return msgspec.json.decode(AESGCM(envelope.key).decrypt(vector, data, None), type=dict), envelope
    except (KeyError, TypeError, ValueError, RecursionError, InvalidTag) as fault:
        raise CannotDecrypt(repr(fault)) from fault


def _unwrapped(wrapped: bytes, keys: Sequence[rsa.RSAPrivateKey]) -> bytes:
    """With whichever key it was made for: while one replaces another, phones still have the old one."""
    for key in keys:
        try:
            return key.decrypt(wrapped, _OAEP)
        except ValueError:
            continue
    raise CannotDecrypt("made for none of our keys")


def signs(token: str, signature: Any, app_secrets: Sequence[str]) -> bool:
    """Whether this `flow_token_signature` (a JWT, HS256) was made by Meta for this token."""
    if not isinstance(signature, str) or signature.count(".") != 2:
        return False
    signed, _, given = signature.rpartition(".")
    fits = False
    for secret in app_secrets:
        wanted = hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)
        fits |= hmac.compare_digest(_base64url(wanted).encode(), given.encode())
    header, _, claims = signed.partition(".")
    # The algorithm is ours to choose, not the sender's: `none` must not pass.
    return fits and _json(header).get("alg") == "HS256" and _json(claims).get("flow_token", token) == token


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _json(part: str) -> dict[str, Any]:
    try:
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        return msgspec.json.decode(raw, type=dict[str, Any])
    except (ValueError, RecursionError):
        return {}
