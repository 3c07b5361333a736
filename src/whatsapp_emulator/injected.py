"""Faults asked for: which there are, and when they strike. No HTTP here.

A fault strikes the next `next` times it could (1 unless said), or by chance in a share `rate` of them:
  server_error          HTTP `status` (500), with Meta's body (131000) or, "body": false, without one
  too_many              HTTP `status` (429) with code 130429
  error                 code `code` with Meta's body and HTTP status for it
  slow                  the work waits `seconds`; who hangs up meanwhile has sent nothing
  timeout_after_accept  the message is taken, shown and reported, but the answer never comes
  failed_status         the message is taken and then fails with `code`
  drop_status           a status is not told (one of `statuses`, if given)
They strike messages; server_error and slow may be asked for media as well: "on": ["messages", "media"].
"""

from collections import Counter
from itertools import count
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import Settings
from whatsapp_emulator.faults import TITLES, Fault
from whatsapp_emulator.state import Status

Kind = Literal[
    "server_error",
    "too_many",
    "error",
    "slow",
    "timeout_after_accept",
    "failed_status",
    "drop_status",
]
Place = Literal["messages", "media"]
KINDS: tuple[str, ...] = get_args(Kind)
INJECTIONS_MAX = 100
CAN_STRIKE_MEDIA = ("server_error", "slow")
NEEDS = {"error": "code", "failed_status": "code", "slow": "seconds"}
TAKES = {
    "server_error": {"status", "body"},
    "too_many": {"status"},
    "error": {"code"},
    "slow": {"seconds"},
    "failed_status": {"code"},
    "drop_status": {"statuses"},
}
DETAILS = "This fault was asked for at the emulator."


class Injection(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    id: int
    kind: Kind
    next: Annotated[int, Meta(ge=1)] | None = None
    rate: Annotated[float, Meta(gt=0, le=1)] | None = None
    on: tuple[Place, ...] = ("messages",)
    status: Annotated[int, Meta(ge=400, le=599)] | None = None
    body: bool | None = None
    code: int | None = None
    seconds: Annotated[float, Meta(gt=0)] | None = None
    statuses: list[Status] | None = None

    def __post_init__(self) -> None:
        if self.next is not None and self.rate is not None:
            raise ValueError("next or rate, not both")
        if self.next is None and self.rate is None:
            self.next = 1
        if (need := NEEDS.get(self.kind)) and getattr(self, need) is None:
            raise ValueError(f"{self.kind} needs {need}")
        for option in ("status", "body", "code", "seconds", "statuses"):
            if getattr(self, option) is not None and option not in TAKES.get(self.kind, ()):
                raise ValueError(f"{self.kind} takes no {option}")
        if self.code is not None and self.code not in TITLES:
            raise ValueError(f"{self.code} is not one of Meta's codes")
        if "media" in self.on and self.kind not in CAN_STRIKE_MEDIA:
            raise ValueError(f"{self.kind} strikes messages only")


class Injected:
    """Chances come from the clock's stream for them: they repeat with the seed and leave the ids alone."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.active: dict[int, Injection] = {}
        self.counts: Counter[str] = Counter()
        self._settings = settings
        self._clock = clock
        self._ids = count(1)

    def add(self, injection: Injection) -> Injection:
        injection.id = next(self._ids)
        self.active[injection.id] = injection
        return injection

    def drop(self, wanted: int | None) -> int:
        """One of them, or all: how many there were."""
        found = [one for one in self.active if wanted in (None, one)]
        for one in found:
            del self.active[one]
        return len(found)

    def strikes(
        self, kind: Kind, place: Place = "messages", status: Status | None = None
    ) -> Injection | None:
        """The first that strikes now; what strikes is counted."""
        for one in tuple(self.active.values()):
            fits = one.kind == kind and place in one.on and (one.statuses is None or status in one.statuses)
            if fits and self._falls(one):
                self.counts[kind] += 1
                return one
        return None

    def failure(self) -> Fault | None:
        """With which a message just taken is to fail."""
        found = self.strikes("failed_status")
        return fault_of(found) if found else None

    def drops(self, status: Status) -> bool:
        if self.strikes("drop_status", status=status):
            return True
        if not self._clock.happens(self._settings.drop_status):
            return False
        self.counts["drop_status"] += 1
        return True

    def _falls(self, one: Injection) -> bool:
        if one.next is None:
            return self._clock.happens(one.rate or 0)
        one.next -= 1
        if not one.next:
            del self.active[one.id]
        return True


def fault_of(one: Injection) -> Fault:
    assert one.code is not None
    return Fault(one.code, DETAILS)
