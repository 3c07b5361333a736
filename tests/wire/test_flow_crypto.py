"""Pages travel as a phone encrypts them; pywa's decryption and a vector made by hand agree with ours."""

import base64
import json
import secrets
from typing import Any

import hypothesis.strategies as st
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from pywa.utils import default_flow_request_decryptor, default_flow_response_encryptor
from tests.phone_crypto import PhoneCrypto, Sealed, jwt

from ventanilla.wire.whatsapp.flow_crypto import (
    CannotDecrypt,
    Envelope,
    new_private_key,
    opened,
    private_keys,
    public_pem,
    signs,
)

PEM, OTHER = new_private_key(), new_private_key()
KEYS = private_keys(PEM)
PHONE = PhoneCrypto(public_pem(KEYS[0]))
REQUEST = {"version": "3.0", "action": "data_exchange", "screen": "PERSON", "data": {"curp": "ñ"}}


@pytest.mark.parametrize("vector_bytes", [12, 16])
def test_what_a_phone_encrypts_is_read_and_it_reads_the_answer(vector_bytes: int) -> None:
    sealed = PhoneCrypto(PHONE.public, vector_bytes).seal(REQUEST)
    request, envelope = opened(sealed.body, KEYS)
    assert request == REQUEST
    assert sealed.open(envelope.seal({"screen": "NAME", "data": {"told": "¿"}})) == {
        "screen": "NAME",
        "data": {"told": "¿"},
    }


def test_pywa_reads_what_the_phone_of_our_tests_sends_and_answers_as_we_do() -> None:
    sealed = PHONE.seal(REQUEST)
    outer = json.loads(sealed.body)
    request, key, vector = default_flow_request_decryptor(
        outer["encrypted_flow_data"], outer["encrypted_aes_key"], outer["initial_vector"], PEM
    )
    assert request == REQUEST
    _, envelope = opened(sealed.body, KEYS)
    assert (envelope.key, envelope.vector) == (key, vector)
    theirs = default_flow_response_encryptor({"data": {"status": "active"}}, key, vector)
    assert sealed.open(theirs) == sealed.open(envelope.seal({"data": {"status": "active"}}))


def test_a_vector_that_was_worked_out_once() -> None:
    """AES-128-GCM of `{"a":1}` with the key 00 01 … 0f and the vector 00 … 0b, turned over."""
    envelope = Envelope(bytes(range(16)), bytes(range(12)))
    turned = bytes.fromhex("fffefdfcfbfaf9f8f7f6f5f4")
    assert envelope.seal({"a": 1}) == "1DK9r8o5oLTGOeZIeTU1tsu9vHqZpiY="
    assert (
        AESGCM(envelope.key).decrypt(turned, base64.b64decode("1DK9r8o5oLTGOeZIeTU1tsu9vHqZpiY="), None)
        == b'{"a":1}'
    )


def test_the_old_key_still_opens_while_the_new_one_is_brought_in() -> None:
    both = private_keys(OTHER + PEM)
    assert len(both) == 2
    assert opened(PHONE.seal(REQUEST).body, both)[0] == REQUEST
    with pytest.raises(CannotDecrypt):
        opened(PHONE.seal(REQUEST).body, private_keys(OTHER))


def _changed(**change: Any) -> bytes:
    return json.dumps({**json.loads(PHONE.seal(REQUEST).body), **change}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 5000,
        b"{}",
        _changed(encrypted_aes_key=None),
        _changed(encrypted_aes_key="ñ"),
        _changed(encrypted_flow_data="AAAA"),
        _changed(initial_vector=""),
        _changed(initial_vector="AAAAAAAAAAAAAAAAAAAAAA=="),
        PHONE.seal([1]).body,
        PHONE.seal("x").body,
    ],
)
def test_anything_else_cannot_be_decrypted(body: bytes) -> None:
    with pytest.raises(CannotDecrypt):
        opened(body, KEYS)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 900))
def test_no_damage_gets_through(noise: bytes, at: int) -> None:
    body = PHONE.seal(REQUEST).body
    damaged = body[:at] + noise + body[at + len(noise) :]
    try:
        assert opened(damaged, KEYS)[0] == REQUEST
    except CannotDecrypt:
        return


def test_a_key_of_another_kind_or_size_is_refused() -> None:
    assert private_keys(PEM.replace("\n", "\\n")) != ()
    assert private_keys("no key") == ()
    for bad in (PEM.replace("MII", "AAA", 1), "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"):
        with pytest.raises(ValueError, match=r"."):
            private_keys(bad)


def test_metas_signature_of_a_token_is_checked() -> None:
    secret, token = secrets.token_hex(16), "1.2.abc"
    assert signs(token, jwt(token, secret), ("old", secret))
    for wrong in (
        jwt(token, "another"),
        jwt("1.2.other", secret),
        jwt(token, secret, "none"),
        "a.b.c",
        "ñ.ñ.ñ",
        "",
        None,
        7,
        jwt(token, secret) + "x",
    ):
        assert not signs(token, wrong, (secret,))


def test_an_answer_of_another_request_is_not_read() -> None:
    _, envelope = opened(PHONE.seal(REQUEST).body, KEYS)
    stranger: Sealed = PHONE.seal(REQUEST)
    with pytest.raises(InvalidTag):
        stranger.open(envelope.seal({}))
