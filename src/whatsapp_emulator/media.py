"""Files by id, in memory: the oldest go when the room is full, all when their time is over."""

import hashlib
from base64 import b64encode
from dataclasses import dataclass

from whatsapp_emulator.config import DAY_SECONDS

UPLOADED_SECONDS = 30 * DAY_SECONDS
RECEIVED_SECONDS = 7 * DAY_SECONDS  # what people send


@dataclass(frozen=True, slots=True)
class Media:
    id: str
    mime: str
    data: bytes
    expires: float
    filename: str | None = None

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.data).digest()

    def as_content(self) -> dict[str, str]:
        """As a message from a person refers to it."""
        return {"mime_type": self.mime, "sha256": b64encode(self.sha256).decode(), "id": self.id}


class MediaStore:
    def __init__(self, bytes_max: int) -> None:
        self._files: dict[str, Media] = {}
        self._bytes = 0
        self._bytes_max = bytes_max

    def add(self, media: Media) -> Media:
        self._files[media.id] = media
        self._bytes += len(media.data)
        while self._bytes > self._bytes_max and len(self._files) > 1:
            self.drop(next(iter(self._files)))
        return media

    def get(self, media_id: str, now: float) -> Media | None:
        media = self._files.get(media_id)
        if media and now >= media.expires:
            self.drop(media_id)
            return None
        return media

    def drop(self, media_id: str) -> bool:
        media = self._files.pop(media_id, None)
        self._bytes -= len(media.data) if media else 0
        return media is not None
