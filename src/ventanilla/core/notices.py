"""What Meta tells of our account, our number and our business: for staff to know, or to act upon."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Severity = Literal["info", "warning", "urgent"]
"""Good to know · will limit us if nobody acts · people may already get no answers."""


@dataclass(frozen=True, slots=True)
class ChannelNotice:
    """`kind`: the webhook field. `key` and `args` say it in the word files; `raw` is what came (JSON)."""

    kind: str
    severity: Severity
    key: str
    args: dict[str, str]
    at: datetime | None
    raw: bytes
