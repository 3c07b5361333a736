"""multipart/form-data, byte for byte (RFC 7578). Enough for uploads: one value per name."""

from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from whatsapp_emulator.faults import Fault, Refused

PARTS_MAX = 16


@dataclass(frozen=True, slots=True)
class Part:
    mime: str
    data: bytes
    filename: str | None


def parts_of(content_type: str, body: bytes) -> dict[str, Part]:
    """By field name. Refused when it is not such a form."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if header.get_content_type() != "multipart/form-data" or not boundary:
        raise Refused(Fault(100, "The request must be multipart/form-data."))
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    parts: dict[str, Part] = {}
    for piece in pieces[1 : PARTS_MAX + 1]:
        if piece.startswith(b"--"):
            break
        head, _, data = piece.partition(b"\r\n\r\n")
        name, part = part_of(head.lstrip(b"\r\n"), data)
        parts[name] = part
    return parts


def part_of(head: bytes, data: bytes) -> tuple[str, Part]:
    headers = BytesHeaderParser().parsebytes(head + b"\r\n\r\n")
    name = headers.get_param("name", header="content-disposition")
    return str(name), Part(headers.get_content_type(), data, headers.get_filename())
