"""The turn engine. Nothing is stored but answers, so "back", a change of mind, a restart or a place
that was just taken only forget some of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ventanilla.talk.dialogue import STAY, Ask, Dialogue, Scene, Step, Unreadable
from ventanilla.talk.facts import Facts
from ventanilla.talk.messages import Choice, Do, FormOffer, Hand, Heard, Out, Phrase, Say, Text, Value

__all__ = [
    "STAY",
    "Ask",
    "Choice",
    "Dialogue",
    "Do",
    "Engine",
    "FormOffer",
    "Frame",
    "Hand",
    "Heard",
    "Out",
    "Phrase",
    "Say",
    "Scene",
    "Step",
    "Talk",
    "Text",
    "Turn",
    "Unreadable",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """One dialogue under way. `pending` is an answer that may be insisted upon."""

    dialogue: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    page: int = 0
    misses: int = 0
    pending: Value | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """All that is remembered of one person's talk; `frames` from the oldest to the one under way.

    `shown` and `consent` are the versions of the notice that were shown and accepted; `wanted` is what
    the first message asked for; `lapsed`, that answers were dropped for their age; `by_chat`, that the
    person wants no form.
    """

    language: str = "es"
    consent: str = ""
    wanted: str = ""
    at_menu: bool = False
    frames: tuple[Frame, ...] = ()
    lapsed: bool = False
    shown: str = ""
    by_chat: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    talk: Talk
    out: tuple[Out, ...] = ()
    do: tuple[Do, ...] = ()


PAGE_ROWS = 9
"""With the row that leads to the next page: ten, which is all a list may have."""
LIST_ROWS = 10
INSIST = "!"
MORE = "+"
MISSES_BEFORE_HELP = 3


class Engine:
    """Runs one person's frames over the dialogues it is given. Pure: it keeps nothing."""

    def __init__(self, *dialogues: Dialogue) -> None:
        self.dialogues = {d.name: d for d in dialogues}

    def scene(self, talk: Talk, facts: Facts) -> Scene:
        return Scene(talk.frames[-1].answers, facts, talk.language)

    def asking(self, talk: Talk, facts: Facts) -> Ask | None:
        """The question now open, if a dialogue is under way."""
        if not talk.frames:
            return None
        return self.dialogues[talk.frames[-1].dialogue].current(self.scene(talk, facts))

    def start(self, talk: Talk, name: str, facts: Facts, given: Mapping[str, Value], *before: Phrase) -> Turn:
        frame = Frame(name, dict(given))
        return self.go_on(replace(talk, frames=(*talk.frames, frame), at_menu=False), facts, *before)

    def go_on(self, talk: Talk, facts: Facts, *before: Phrase) -> Turn:
        """Ask the open question; where none is left, finish and take up what lies below."""
        ask = self.asking(talk, facts)
        if ask is not None:
            return Turn(talk, (self._question(talk, ask, facts, before),))
        dialogue = self.dialogues[talk.frames[-1].dialogue]
        step = dialogue.finish(self.scene(talk, facts))
        return self._follow(talk, step, facts, before, finished=not (step.forget or step.give))

    def hear(self, talk: Talk, heard: Heard, facts: Facts) -> Turn | None:
        """Take what was said as an answer. None: it belongs to no question that can be answered."""
        dialogue = self.dialogues[talk.frames[-1].dialogue]
        scene = self.scene(talk, facts)
        open_ask = dialogue.current(scene)
        if heard.kind != "choice":
            return None if open_ask is None else self._answer(talk, open_ask, heard, facts)
        ask = dialogue.ask(heard.choice.partition(":")[0])
        if ask is not None and ask is open_ask:
            return self._answer(talk, ask, heard, facts)
        if ask is None or not (ask.reach or dialogue.answered_before(ask, open_ask, scene)):
            return None
        return self._answer_again(talk, ask, heard, facts)

    def back(self, talk: Talk, facts: Facts) -> Turn | None:
        """Forget the last answer given. None: there is none to forget."""
        dialogue, scene = self.dialogues[talk.frames[-1].dialogue], self.scene(talk, facts)
        given = [a for a in dialogue.asks if a.name in scene.answers and a.applies(scene)]
        if not given:
            return None
        open_ask = dialogue.current(scene)
        before = [a for a in given if dialogue.answered_before(a, open_ask, scene)]
        last = (before or given)[-1]
        step = last.undo(scene) if last.undo else Step(forget=(last.name, *last.forgets))
        return self._follow(talk, step, facts, (), finished=False)

    def give(self, talk: Talk, given: Mapping[str, Value]) -> Talk:
        if not given:
            return talk
        answers = {**talk.frames[-1].answers, **given}
        return _top(talk, answers=answers, page=0, misses=0, pending=None)

    def forget(self, talk: Talk, *names: str) -> Talk:
        if not names:
            return talk
        answers = {k: v for k, v in talk.frames[-1].answers.items() if k not in names}
        return _top(talk, answers=answers, page=0, misses=0, pending=None)

    def leave(self, talk: Talk) -> Turn:
        dialogue = self.dialogues[talk.frames[-1].dialogue]
        return Turn(replace(talk, frames=talk.frames[:-1]), (), dialogue.abandon)

    def _answer(self, talk: Talk, ask: Ask, heard: Heard, facts: Facts) -> Turn:
        """An answer to the open question."""
        frame, tapped = talk.frames[-1], heard.for_ask(ask.name) or ""
        if tapped.startswith(MORE) and tapped[1:].isdecimal():
            return self.go_on(_top(talk, page=int(tapped[1:])), facts)
        if tapped == INSIST and frame.pending is not None:
            return self._keep(talk, ask, frame.pending, facts)
        value = ask.read(heard, self.scene(talk, facts))
        if isinstance(value, Unreadable) and value.insist is not None and value.insist == frame.pending:
            value = value.insist
        if isinstance(value, Unreadable):
            return self._again(talk, ask, value, facts)
        return self._keep(talk, ask, value, facts)

    def _answer_again(self, talk: Talk, ask: Ask, heard: Heard, facts: Facts) -> Turn:
        """Another answer to a question of before, tapped in its old list; the open one follows."""
        scene = self.scene(talk, facts)
        if scene.answers.get(ask.name) == heard.for_ask(ask.name):
            return self.go_on(talk, facts)
        value = ask.read(heard, scene)
        if isinstance(value, Unreadable):
            return self.go_on(talk, facts, value.phrase)
        return self._keep(talk, ask, value, facts)

    def _keep(self, talk: Talk, ask: Ask, value: Value, facts: Facts) -> Turn:
        changed = talk.frames[-1].answers.get(ask.name) not in (None, value)
        kept = self.forget(talk, *ask.forgets) if changed or ask.reach else talk
        step = ask.then(self.scene(kept, facts), value)
        if not ask.reach:
            kept = self.give(kept, {ask.name: value})
        return self._follow(kept, step, facts, (), finished=False)

    def _follow(
        self, talk: Talk, step: Step, facts: Facts, before: tuple[Phrase, ...], *, finished: bool
    ) -> Turn:
        talk = self.give(self.forget(talk, *step.forget), step.give)
        if not (finished or step.leave):
            turn = self.go_on(talk, facts, *before, *step.say)
            return Turn(turn.talk, (*step.out, *turn.out), (*step.do, *turn.do))
        talk = replace(talk, frames=() if step.whole else talk.frames[:-1])
        if step.start:
            name, given = step.start
            return self.start(talk, name, facts, given, *before, *step.say)
        if step.leave or not talk.frames:
            return Turn(talk, step.out, step.do)
        below = self.go_on(talk, facts)
        return Turn(below.talk, (*_untapped(step.out), *below.out), (*step.do, *below.do))

    def _question(self, talk: Talk, ask: Ask, facts: Facts, before: tuple[Phrase, ...]) -> Say:
        scene = self.scene(talk, facts)
        choices = ask.choices(scene) if ask.choices else ()
        return Say((*before, ask.question(scene)), page_of(choices, talk.frames[-1].page), ask.name)

    def _again(self, talk: Talk, ask: Ask, fault: Unreadable, facts: Facts) -> Turn:
        misses = talk.frames[-1].misses + 1
        talk = _top(talk, misses=misses, pending=fault.insist)
        help_ = (Phrase("offer-person"),) if misses % MISSES_BEFORE_HELP == 0 else ()
        if fault.choices is None:
            return Turn(talk, (self._question(talk, ask, facts, (fault.phrase, *help_)),))
        return Turn(talk, (Say((fault.phrase, *help_), fault.choices, ask.name),))


def page_of(choices: tuple[Choice, ...], page: int) -> tuple[Choice, ...]:
    """What fits in one list: ten rows, or nine and the way to the next page."""
    if len(choices) <= LIST_ROWS:
        return choices
    pages = -(-len(choices) // PAGE_ROWS)
    page %= pages
    rows = choices[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
    following = Phrase("more-rows" if page + 1 < pages else "first-rows")
    return (*rows, Choice(f"{MORE}{(page + 1) % pages}", following, None, rows[-1].section))


def _untapped(out: tuple[Out, ...]) -> tuple[Out, ...]:
    """The question that follows brings its own choices; two sets of buttons would only confuse."""
    return tuple(replace(o, choices=()) if isinstance(o, Say) else o for o in out)


def _top(talk: Talk, **changes: Any) -> Talk:
    return replace(talk, frames=(*talk.frames[:-1], replace(talk.frames[-1], **changes)))
