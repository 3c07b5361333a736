"""What a channel brings in, in our own terms."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.channel import Address, Status
from ventanilla.talk.engine import Heard


@dataclass(frozen=True, slots=True)
class Incoming:
    wamid: str
    sender: Address
    heard: Heard
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Updates:
    """What one webhook brought. `raw` is (kind, JSON) of what nothing acts upon."""

    messages: tuple[Incoming, ...] = ()
    statuses: tuple[Status, ...] = ()
    raw: tuple[tuple[str, bytes], ...] = ()
