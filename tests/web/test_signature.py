"""A known answer for the signature, worked out once with `openssl dgst -sha256 -hmac`."""

import pytest

from ventanilla.web.hooks import signed
from whatsapp_emulator.webhooks import signature

SECRET = "sample app secret"
# Meta writes letters beyond ASCII as \u escapes in some updates and as UTF-8 in others: bytes, not text.
BODY = (
    b'{"object":"whatsapp_business_account",'
    b'"entry":[{"id":"1","changes":[{"value":{"t":"\\u00f1 \xc3\xb1"}}]}]}'
)
KNOWN = "sha256=29378da7b70444f4b6a4f7b667065f95834b92878dbef23adbc5151590eebf08"


def test_the_known_signature_fits_and_is_what_the_emulator_signs() -> None:
    assert signed(BODY, KNOWN, [SECRET])
    assert signature(SECRET, BODY) == KNOWN


@pytest.mark.parametrize(
    ("body", "header", "secrets"),
    [
        (BODY.replace(b"\\u00f1", "ñ".encode()), KNOWN, [SECRET]),  # the same JSON, other bytes
        (BODY + b" ", KNOWN, [SECRET]),
        (BODY, KNOWN.upper(), [SECRET]),
        (BODY, KNOWN.removeprefix("sha256="), [SECRET]),
        (BODY, "sha256=ñ", [SECRET]),
        (BODY, "", [SECRET]),
        (BODY, KNOWN, ["another secret"]),
        (BODY, KNOWN, []),
    ],
)
def test_anything_else_does_not_fit(body: bytes, header: str, secrets: list[str]) -> None:
    assert not signed(body, header, secrets)
