"""Papers are made behind the answers: their thread gives way to all others."""

import os
import sys
import threading

from ventanilla.acts.papers import _NICENESS, _PRESS


def test_the_thread_that_makes_papers_has_a_lower_priority() -> None:
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    its = _PRESS.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result()
    expected = min(19, mine + _NICENESS) if sys.platform == "linux" else mine
    assert its == expected
