"""What a phone does to talk to a form's endpoint, written apart from the program's own side."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def jwt(token: str, secret: str, algorithm: str = "HS256") -> str:
    def part(value: dict[str, str]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    signed = f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part({'flow_token': token})}"
    mac = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


@dataclass(slots=True)
class Sealed:
    """One request under way: its body, and what its answer is opened with."""

    body: bytes
    key: bytes
    vector: bytes

    def open(self, answer: str) -> dict[str, Any]:
        raw = base64.b64decode(answer)
        vector = bytes(255 - b for b in self.vector)
        cipher = Cipher(algorithms.AES(self.key), modes.GCM(vector, raw[-16:])).decryptor()
        opened: dict[str, Any] = json.loads(cipher.update(raw[:-16]) + cipher.finalize())
        return opened


@dataclass(slots=True)
class PhoneCrypto:
    """`public`: the PEM that was uploaded to Meta."""

    public: str
    vector_bytes: int = 16
    sent: list[Sealed] = field(default_factory=list)

    def seal(self, request: Any) -> Sealed:
        key, vector = secrets.token_bytes(16), secrets.token_bytes(self.vector_bytes)
        loaded = serialization.load_pem_public_key(self.public.encode())
        assert isinstance(loaded, rsa.RSAPublicKey)
        oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
        cipher = Cipher(algorithms.AES(key), modes.GCM(vector)).encryptor()
        data = cipher.update(json.dumps(request).encode()) + cipher.finalize() + cipher.tag
        outer = {
            "encrypted_flow_data": b64(data),
            "encrypted_aes_key": b64(loaded.encrypt(key, oaep)),
            "initial_vector": b64(vector),
        }
        return Sealed(json.dumps(outer).encode(), key, vector)
