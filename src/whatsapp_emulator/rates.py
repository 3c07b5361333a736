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
    """Follows the settings, which may be changed at any time; a rate just switched on begins full."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._number: tuple[int, Bucket] | None = None  # the rate it was made for
        self._pairs: dict[str, Bucket] = {}

    def inbound(self, now: float) -> None:
        """What people write takes its share of the number's rate, but is never refused."""
        self._number_has_room(now)

    def refusal(self, wa_id: str, now: float) -> Fault | None:
        if not self._settings.pair_rate:
            self._pairs.clear()
        elif not self._pair(wa_id, now).take(now):
            return PAIR
        return None if self._number_has_room(now) else NUMBER

    def _number_has_room(self, now: float) -> bool:
        rate = self._settings.number_rate
        if not rate:
            self._number = None
            return True
        if self._number is None or self._number[0] != rate:
            self._number = rate, Bucket(rate, 1 / rate, now)
        return self._number[1].take(now)

    def _pair(self, wa_id: str, now: float) -> Bucket:
        if wa_id not in self._pairs:
            if len(self._pairs) >= PAIRS_MAX:
                del self._pairs[next(iter(self._pairs))]
            self._pairs[wa_id] = Bucket(PAIR_BURST, PAIR_EVERY_SECONDS, now)
        return self._pairs[wa_id]
