"""The two rates Meta limits, as token buckets. Off unless the settings ask for them."""

from whatsapp_emulator.config import Settings
from whatsapp_emulator.faults import Fault

PAIR_BURST = 45
PAIR_EVERY_SECONDS = 6.0
PAIRS_MAX = 100_000
NUMBER = Fault(130429, "Cloud API message throughput has been reached.")
PAIR = Fault(
    131056,
    "Message failed to send because there were too many messages sent from this phone number "
    "to the same phone number in a short period of time.",
)


class Bucket:
    """`room` tokens, one more every `every` seconds."""

    __slots__ = ("_at", "_every", "_left", "_room")

    def __init__(self, room: float, every: float, now: float) -> None:
        self._left, self._room, self._every, self._at = room, room, every, now

    def take(self, now: float) -> bool:
        self._left = min(self._room, self._left + (now - self._at) / self._every)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Rates:
    def __init__(self, settings: Settings, now: float) -> None:
        per_second = settings.number_rate
        self._number = Bucket(per_second, 1 / per_second, now) if per_second else None
        self._pairs: dict[str, Bucket] | None = {} if settings.pair_rate else None

    def inbound(self, now: float) -> None:
        """What people write takes its share of the number's rate, but is never refused."""
        if self._number:
            self._number.take(now)

    def refusal(self, wa_id: str, now: float) -> Fault | None:
        if self._pairs is not None and not self._pair(wa_id, now).take(now):
            return PAIR
        return NUMBER if self._number and not self._number.take(now) else None

    def _pair(self, wa_id: str, now: float) -> Bucket:
        assert self._pairs is not None
        if wa_id not in self._pairs:
            if len(self._pairs) >= PAIRS_MAX:
                del self._pairs[next(iter(self._pairs))]
            self._pairs[wa_id] = Bucket(PAIR_BURST, PAIR_EVERY_SECONDS, now)
        return self._pairs[wa_id]
