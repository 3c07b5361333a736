"""The program is killed while people book: nobody's message is lost, and nothing is said twice."""

import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.e2e.program import CURP, Program, Talker, books, running

from ventanilla.core.curp import check_digit

PEOPLE = 5
KILLS = 3


def curp(number: int) -> str:
    first = f"{CURP[:8]}{number + 10:02}{CURP[10:17]}"
    return first + check_digit(first)


def _kill_and_start(program: Program) -> None:
    for n in range(KILLS):
        time.sleep(0.7 + 0.31 * n)
        program.stop(signal.SIGKILL)
        program.start()


def test_killed_in_the_middle_everybody_gets_everything_once(dsn: str, data_dir: Path) -> None:
    with running(dsn, data_dir, duplicates=2) as program, ThreadPoolExecutor(PEOPLE + 1) as threads:
        people = [Talker(program, f"52155000001{n:02}", patience=120) for n in range(PEOPLE)]
        bookings = [threads.submit(books, p, curp(n)) for n, p in enumerate(people)]
        threads.submit(_kill_and_start, program).result()
        assert [len(b.result()) for b in bookings] == [7] * PEOPLE
        time.sleep(2)
        for person in people:
            shown = [e for e in person.phone.sees() if e["direction"] == "out"]
            assert len(shown) == 22
            assert max(Counter(e["opaque"] for e in shown).values()) == 1
