"""Sample files a person can send, made here and now: a picture, a sticker, a voice note, a paper."""

import struct
import zlib
from collections.abc import Iterable

SIDE = 160
SKY, SUN, LAND = (0x8F, 0xC1, 0xE3), (0xF6, 0xC4, 0x45), (0x4E, 0x8C, 0x5A)


def picture() -> bytes:
    """A PNG of a sun over a hill."""
    lines = b"".join(b"\0" + bytes(_pixels(y)) for y in range(SIDE))
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _pixels(y: int) -> Iterable[int]:
    for x in range(SIDE):
        if y > 110 + (x - 70) ** 2 // 180:
            yield from LAND
        else:
            yield from SUN if (x - 112) ** 2 + (y - 46) ** 2 < 24**2 else SKY


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def sticker() -> bytes:
    """A WebP of a smiling face, lossless: two greens and two alphas, so each pixel is two bits (RFC 9649)."""
    bits = _Bits()
    bits.put(0x2F, 8)
    bits.put(SIDE - 1, 14)
    bits.put(SIDE - 1, 14)
    bits.put(1, 1)  # has transparency
    bits.put(0, 3 + 1 + 1 + 1)  # version, no transform, no colour cache, one group of codes
    for symbols in ((60, 200), (250,), (50,), (0, 255), (0,)):  # green, red, blue, alpha, distance
        _simple_code(bits, symbols)
    for y in range(SIDE):
        for x in range(SIDE):
            bits.put(not _is_feature(x, y), 1)
            bits.put((x - 80) ** 2 + (y - 80) ** 2 < 76**2, 1)
    data = bits.bytes()
    data += b"\0" * (len(data) % 2)
    body = b"WEBPVP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _is_feature(x: int, y: int) -> bool:
    eyes = min((x - 54) ** 2, (x - 106) ** 2) + (y - 62) ** 2 < 9**2
    mouth = y > 86 and 36**2 < (x - 80) ** 2 + (y - 82) ** 2 < 46**2
    return eyes or mouth


def _simple_code(bits: "_Bits", symbols: tuple[int, ...]) -> None:
    bits.put(1, 1)
    bits.put(len(symbols) - 1, 1)
    bits.put(1, 1)  # the first symbol takes eight bits, as any other
    for symbol in symbols:
        bits.put(symbol, 8)


class _Bits:
    """Bits, the lowest first."""

    def __init__(self) -> None:
        self._value = bytearray()
        self._open, self._count = 0, 0

    def put(self, value: int, width: int) -> None:
        self._open |= int(value) << self._count
        self._count += width
        while self._count >= 8:
            self._value.append(self._open & 0xFF)
            self._open >>= 8
            self._count -= 8

    def bytes(self) -> bytes:
        return bytes(self._value) + bytes([self._open])


def voice_note(seconds: int = 2) -> bytes:
    """Ogg Opus, silent (RFC 7845): 20 ms a packet."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 6) + b"sample" + struct.pack("<I", 0)
    count = seconds * 50
    silence = [b"\xf8\xff\xfe"] * count
    return _page(2, 0, 0, [head]) + _page(0, 0, 1, [tags]) + _page(4, count * 960, 2, silence)


def _page(flags: int, position: int, number: int, packets: list[bytes]) -> bytes:
    lengths = bytes(len(packet) for packet in packets)
    start = struct.pack("<4sBBqII", b"OggS", 0, flags, position, 1, number)
    rest = bytes([len(packets)]) + lengths + b"".join(packets)
    return start + struct.pack("<I", _ogg_sum(start + b"\0\0\0\0" + rest)) + rest


def _ogg_sum(data: bytes) -> int:
    """CRC-32 of Ogg: polynomial 04c11db7, neither reflected nor inverted."""
    total = 0
    for byte in data:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1) ^ (0x04C11DB7 if total & 0x80000000 else 0)
    return total & 0xFFFFFFFF


def paper() -> bytes:
    """A PDF of one empty page."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 4\n0000000000 65535 f \n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(out))
    )
