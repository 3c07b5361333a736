"""The one source of time and chance, so that a run can be repeated."""

import random
import time
from base64 import b64encode


class Clock:
    """Wall time and, with a seed, the same ids in the same order.

    Without a seed every start gives other ids: a business that keeps message ids would otherwise
    take the first messages after a restart for duplicates.
    """

    def __init__(self, seed: int | None = None) -> None:
        self.random = random.Random(seed)

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def wamid(self) -> str:
        return "wamid." + b64encode(self.random.randbytes(30)).decode()

    def number_id(self) -> str:
        return str(self.random.randrange(10**14, 10**15))

    def trace_id(self) -> str:
        return "A" + b64encode(self.random.randbytes(16), b"-_").decode().rstrip("=")
