"""What a channel brings in, in our own terms."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.channel import Address, Status
from ventanilla.core.identity import IdentityChange
from ventanilla.core.notices import ChannelNotice
from ventanilla.core.templates import TemplateUpdate
from ventanilla.talk.engine import Heard


@dataclass(frozen=True, slots=True)
class Incoming:
    """`sender`: the best name of who wrote, `also`: their other ones (a phone, a scoped id, a parent's)."""

    wamid: str
    sender: Address
    heard: Heard
    sent_at: datetime | None
    also: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Updates:
    """What one webhook brought. `raw` is (kind, JSON) of what no turn acts upon, as it came; that of
    `changes` and `templates` is there too."""

    messages: tuple[Incoming, ...] = ()
    statuses: tuple[Status, ...] = ()
    raw: tuple[tuple[str, bytes], ...] = ()
    changes: tuple[IdentityChange, ...] = ()
    templates: tuple[TemplateUpdate, ...] = ()
    notices: tuple[ChannelNotice, ...] = ()
