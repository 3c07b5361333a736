"""The phone's encryption, against values worked out once and against code that is not ours."""

import base64
import hashlib
import hmac

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from pywa.utils import default_flow_request_decryptor, default_flow_response_encryptor

from whatsapp_emulator.flow_crypto import CannotOpen, Envelope, inverted, public_key_of, token_signature

KEY = bytes(range(16))
CONTENT = {"screen": "DAY", "data": {"n": 1}}
VECTORS = [
    (
        bytes(range(100, 116)),
        "WdRpgsag8DxFEslOcsks7TajbJgHSymssybKO4esYWGqxi6lROX6kAfH2Vi6RsU=",
        "6A1ZU+I0Up3A6P+tmfHMeent8zSaWbTTEHUbd5uKWLbGSZqsixFgQKhWWSBRMUI=",
    ),
    (
        bytes(range(100, 112)),
        "YUA9xqln3ZS5BHVUx5MJwBLsGYvzi+ch1gGTrY2Pikcaw4Hn+JspvEldqURJI6o=",
        "iV4tbRPm2kzpRFFfmAdzrUxlzA9Z27CJOFqFQzFaegdmKlmeBIGiu5mGHwSoCp0=",
    ),
]


@pytest.fixture(scope="module")
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.mark.parametrize(("iv", "sealed", "answer"), VECTORS)
def test_known_values_come_out(private_key: rsa.RSAPrivateKey, iv: bytes, sealed: str, answer: str) -> None:
    body = msgspec.json.decode(Envelope(KEY, iv).seal(CONTENT, private_key.public_key()))
    assert body["encrypted_flow_data"] == sealed
    assert base64.b64decode(body["initial_vector"]) == iv
    wrapped = base64.b64decode(body["encrypted_aes_key"])
    assert private_key.decrypt(wrapped, OAEP(MGF1(SHA256()), SHA256(), None)) == KEY
    assert Envelope(KEY, iv).open(answer.encode()) == CONTENT


@pytest.mark.parametrize(("iv", "sealed", "answer"), VECTORS)
def test_the_known_values_are_those_of_plain_gcm(iv: bytes, sealed: str, answer: str) -> None:
    for vector, letters in ((iv, sealed), (inverted(iv), answer)):
        data = base64.b64decode(letters)
        cipher = Cipher(algorithms.AES(KEY), modes.GCM(vector, data[-16:])).decryptor()
        assert msgspec.json.decode(cipher.update(data[:-16]) + cipher.finalize()) == CONTENT


@pytest.mark.parametrize("length", [12, 16])
def test_another_library_reads_what_we_seal_and_we_read_its_answer(
    private_key: rsa.RSAPrivateKey, length: int
) -> None:
    envelope = Envelope(hashlib.sha256(b"key").digest()[:16], hashlib.sha256(b"iv").digest()[:length])
    body = msgspec.json.decode(envelope.seal({"action": "ping"}, private_key.public_key()))
    pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    content, key, iv = default_flow_request_decryptor(
        body["encrypted_flow_data"], body["encrypted_aes_key"], body["initial_vector"], pem
    )
    assert (content, key, iv) == ({"action": "ping"}, envelope.key, envelope.iv)
    answer = default_flow_response_encryptor({"data": {"status": "active"}}, key, iv)
    assert envelope.open(answer.encode()) == {"data": {"status": "active"}}


def test_an_answer_that_cannot_be_opened_is_said() -> None:
    envelope = Envelope(KEY, bytes(16))
    not_inverted = Cipher(algorithms.AES(KEY), modes.GCM(bytes(16))).encryptor()
    straight = not_inverted.update(b"{}") + not_inverted.finalize() + not_inverted.tag
    with_tag = Cipher(algorithms.AES(KEY), modes.GCM(inverted(bytes(16)))).encryptor()
    no_json = with_tag.update(b"{") + with_tag.finalize() + with_tag.tag
    for answer in (b"", b"not base64!", base64.b64encode(straight), base64.b64encode(no_json), b"AAAA"):
        with pytest.raises(CannotOpen):
            envelope.open(answer)


def test_only_an_rsa_key_of_the_right_size_is_taken() -> None:
    def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
        return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    right = rsa.generate_private_key(65537, 2048)
    assert public_key_of(pem(right)).public_numbers() == right.public_key().public_numbers()
    for wrong in (
        pem(rsa.generate_private_key(65537, 3072)),
        pem(ec.generate_private_key(ec.SECP256R1())),
        "no key",
    ):
        with pytest.raises(ValueError):  # noqa: PT011
            public_key_of(wrong)


def test_the_token_is_signed_as_a_jwt() -> None:
    head, claims, proof = token_signature("app secret", "token 1").split(".")

    def plain(part: str) -> bytes:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

    assert msgspec.json.decode(plain(head)) == {"alg": "HS256", "typ": "JWT"}
    assert msgspec.json.decode(plain(claims)) == {"flow_token": "token 1"}
    assert plain(proof) == hmac.new(b"app secret", f"{head}.{claims}".encode(), hashlib.sha256).digest()
