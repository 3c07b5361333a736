"""Values that any channel shares: where a person is reached, and what became of a message."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.sending import Fault


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person writes from: kind `phone` (digits) or `bsuid` (business-scoped id)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Status:
    """What a channel says of one message; `outbox_id` is what we had put into it, `fault` the class of
    its error."""

    wamid: str
    outbox_id: int | None
    status: str
    at: datetime
    error_code: int | None
    error: str
    fault: Fault = "final"
