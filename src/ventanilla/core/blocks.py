"""Places side by side, for people who come together: one office, one day, no gap in between."""

from collections.abc import Mapping
from datetime import datetime

from ventanilla.core.slots import EVERY

MOST_TOGETHER = 5
"""People in one booking; `hold.n` in the schema knows no more."""

Block = tuple[datetime, ...]
"""One moment a person, ascending: two at nine and one at a quarter past are (9:00, 9:00, 9:15)."""


def blocks(free: Mapping[datetime, int], people: int) -> tuple[Block, ...]:
    """Every moment at which they may begin, ascending, each with the shortest block that begins there.

    `free`: places by moment. A moment that is missing or full ends a block, and so does a lunch break.
    """
    begun = (_beginning(start, free, people) for start in sorted(free))
    return tuple(block for block in begun if len(block) == people)


def _beginning(start: datetime, free: Mapping[datetime, int], people: int) -> Block:
    block: Block = ()
    moment = start
    while len(block) < people and free.get(moment, 0) > 0:
        block += (moment,) * min(free[moment], people - len(block))
        moment += EVERY
    return block
