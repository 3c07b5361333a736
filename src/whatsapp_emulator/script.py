"""What a person of a load says next: a script read from JSON, and one mind that follows it. Pure.

Steps, in this order: {"text": ...}, {"tap": ...} or another action of /control/phones/{wa_id}/messages, with
"expect": a pattern that the answer has to match before the next step, else any answer will do; an "expect"
alone is about the step before, or about what comes next.
Rules, in any order: {"when": pattern, "do": action, "most": times}, where the first that matches is followed;
"do" may also be "finish", or "wait" for something else to be said.
"tap" is a button or a row, "press" a button, "choose" a row: a pattern for its title, or first, last, any.
Patterns are regular expressions, found anywhere, capital or small.
"""

import re
import warnings
from collections import Counter
from functools import lru_cache
from typing import Any, Literal

import msgspec
from msgspec import Struct

Action = dict[str, Any]
Next = Action | Literal["finish", "wait"]


class Rule(Struct, forbid_unknown_fields=True):
    when: str
    do: Next
    most: int | None = None  # times per person; no limit

    def __post_init__(self) -> None:
        pattern(self.when)
        check_action(self.do)


class Step(Struct):
    action: Action
    expect: str

    def __post_init__(self) -> None:
        pattern(self.expect)
        check_action(self.action)


class Script(Struct):
    """Either steps or rules; `start` is what is said first when there are rules."""

    start: Action
    steps: list[Step]
    rules: list[Rule]


@lru_cache(4096)
def pattern(said: str) -> re.Pattern[str]:
    """ValueError says what is wrong with it; what Python warns of (a set in a set) is wrong, too."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.compile(said, re.IGNORECASE | re.DOTALL)
    except (re.error, Warning, OverflowError) as problem:
        raise ValueError(f"{said!r} is no pattern: {problem}") from None


def check_action(action: Next) -> None:
    """Buttons and rows are meant by patterns."""
    if isinstance(action, dict):
        for key in ("tap", "press", "choose"):
            if not isinstance(wanted := action.get(key, ""), str):
                raise ValueError(f"{key} is a pattern, not {wanted!r}")
            pattern(wanted)


def read_script(given: list[Action], start: Action) -> Script:
    """Raises msgspec.ValidationError."""
    if not given:
        raise msgspec.ValidationError("the script is empty")
    if all("when" in one for one in given):
        return Script(start, [], msgspec.convert(given, list[Rule]))
    if any("when" in one for one in given):
        raise msgspec.ValidationError("the script has either rules or steps")
    steps: list[Step] = []
    try:
        for one in given:
            action = {key: value for key, value in one.items() if key != "expect"}
            if not action and steps and not steps[-1].expect:
                action = steps.pop().action
            steps.append(Step(action, str(one.get("expect", ""))))
    except ValueError as problem:
        raise msgspec.ValidationError(str(problem)) from None
    return Script({}, steps, [])


class Mind:
    """Where one person is in the script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._step = 0
        self._used: Counter[int] = Counter()

    def begins(self) -> Next:
        """What is said before anything was heard; a first step that only expects waits."""
        if not self._script.steps:
            return self._script.start
        return self._script.steps[0].action or "wait"

    def answers(self, heard: str) -> Next | None:
        """What to do about it; None: nothing that fits was said yet."""
        return self._next_step(heard) if self._script.steps else self._rule(heard)

    def _rule(self, heard: str) -> Next | None:
        for n, rule in enumerate(self._script.rules):
            free = rule.most is None or self._used[n] < rule.most
            if free and pattern(rule.when).search(heard):
                self._used[n] += 1
                return rule.do
        return None

    def _next_step(self, heard: str) -> Next | None:
        if not pattern(self._script.steps[self._step].expect).search(heard):
            return None
        self._step += 1
        if self._step == len(self._script.steps):
            return "finish"
        return self._script.steps[self._step].action or "wait"
