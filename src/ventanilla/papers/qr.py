"""QR codes: as a picture to send, as a drawing to print."""

import io
import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache

import segno

_QUIET_MODULES = 4
_PIXELS_PER_MODULE = 8
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WHITE, _BLACK = b"\xff\xff\xff", b"\x00\x00\x00"
_AS_IS, _LIKE_THE_ROW_ABOVE = b"\x00", b"\x02"


def qr_png(text: str) -> bytes:
    """PNG of 8-bit RGB, the only kind WhatsApp takes; error level M or better, full quiet zone.

    No label inside: the caption of the message says what the code is for.
    """
    rows = [bytes(row) for row in _code(text).matrix_iter(scale=1, border=_QUIET_MODULES)]
    side = len(rows) * _PIXELS_PER_MODULE
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(_pixel_rows(rows)))
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


@lru_cache(maxsize=256)
def qr_svg(text: str) -> str:
    """For print, without quiet zone: the template leaves the white around it.

    Kept: the way to an office is the same for all its people, and two papers show the same link.
    """
    out = io.BytesIO()
    _code(text).save(out, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode()


def _code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")


def _pixel_rows(rows: list[bytes]) -> Iterator[bytes]:
    """A row of modules is one row of pixels and seven that only repeat it."""
    repeats = (_LIKE_THE_ROW_ABOVE + bytes(3 * len(rows) * _PIXELS_PER_MODULE)) * (_PIXELS_PER_MODULE - 1)
    for row in rows:
        yield _AS_IS + b"".join((_BLACK if dark else _WHITE) * _PIXELS_PER_MODULE for dark in row)
        yield repeats


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
