"""Which files a message may carry: MIME types, sizes, true content. Source: Meta's media page, 2026-09-11."""

from collections.abc import Iterator

from whatsapp_emulator.config import MEGABYTE
from whatsapp_emulator.faults import Fault

OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_KINDS: dict[str, frozenset[str]] = {
    "image": frozenset({"image/jpeg", "image/png"}),
    "document": frozenset(
        {
            "text/plain",
            "application/pdf",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            OFFICE + "wordprocessingml.document",
            OFFICE + "spreadsheetml.sheet",
            OFFICE + "presentationml.presentation",
        }
    ),
    "audio": frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    "video": frozenset({"video/mp4", "video/3gpp"}),
    "sticker": frozenset({"image/webp"}),
}
SIZES_MAX = {
    "image": 5 * MEGABYTE,
    "document": 100 * MEGABYTE,
    "audio": 16 * MEGABYTE,
    "video": 16 * MEGABYTE,
    "sticker": 100 * 1024,
}
ANIMATED_STICKER_MAX = 500 * 1024
BEGINNINGS = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/webp": b"RIFF",
    "application/pdf": b"%PDF-",
    "audio/ogg": b"OggS",
}


def kind_of(mime: str) -> str | None:
    """`image`, `document`...; parameters such as `; codecs=opus` are not looked at."""
    plain = mime.partition(";")[0].strip().lower()
    return next((kind for kind, types in MEDIA_KINDS.items() if plain in types), None)


def size_max(kind: str, data: bytes) -> int:
    animated = kind == "sticker" and b"ANIM" in data[:64]
    return ANIMATED_STICKER_MAX if animated else SIZES_MAX[kind]


def file_faults(mime: str, data: bytes) -> Iterator[Fault]:
    """Faults of an uploaded file."""
    kind = kind_of(mime)
    if kind is None:
        allowed = ", ".join(sorted(set().union(*MEDIA_KINDS.values())))
        yield Fault(
            100, f"Param file must be a file with one of the following types: {allowed}. Received {mime!r}."
        )
    elif not data:
        yield Fault(100, "Param file must not be empty.")
    elif len(data) > (most := size_max(kind, data)):
        yield Fault(131053, f"File of {len(data)} bytes is over the limit of {most} bytes for {kind}.")
    elif not data.startswith(BEGINNINGS.get(mime.partition(";")[0].strip().lower(), b"")):
        yield Fault(131053, f"The content of the file is not {mime}.")
