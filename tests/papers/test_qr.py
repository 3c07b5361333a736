"""A QR code is read back as it was written, and is a picture WhatsApp takes."""

import io
import secrets
import struct

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ventanilla.papers.qr import qr_png, qr_svg

CURP = "HEGG560427MVZRRL04"


def read(png: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]


@pytest.mark.parametrize(
    "text",
    [
        CURP,
        f"{CURP}.{secrets.token_urlsafe(150)[:150]}",
        "https://pasaportes.example/p/abc/hoja",
        "https://maps.example/?q=Av.+Universidad+1200,+Coyoacán,+Ñuu+Savi",
    ],
)
def test_a_code_is_read_back(text: str) -> None:
    assert read(qr_png(text)) == [text]


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=20, max_size=250))
def test_any_token_is_read_back(text: str) -> None:
    assert read(qr_png(text)) == [text]


def test_a_code_survives_the_loss_of_quality_of_a_chat() -> None:
    small = Image.open(io.BytesIO(qr_png(CURP + "x" * 150))).convert("L").resize((240, 240))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=30)
    assert read(out.getvalue()) == [CURP + "x" * 150]


def test_the_picture_is_8_bit_rgb_with_a_white_border_of_four_modules() -> None:
    png = qr_png(CURP)
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (width == height, depth, colour) == (True, 8, 2)
    picture = Image.open(io.BytesIO(png)).convert("L")
    assert picture.point(lambda level: 255 - level).getbbox() == (32, 32, width - 32, height - 32)


def test_the_error_level_is_m_or_better() -> None:
    reads = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(CURP + "x" * 150))))
    assert {code.ec_level for code in reads} <= {"M", "Q", "H"}


def test_the_drawing_is_plain_svg() -> None:
    assert qr_svg("https://pasaportes.example/p/abc").startswith("<svg ")
