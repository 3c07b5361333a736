"""A dialogue is an ordered tuple of questions; one stands at the first that applies and has no answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ventanilla.talk.facts import Facts
from ventanilla.talk.messages import Choice, Do, Heard, Out, Phrase, Value


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why an answer could not be read and how to write it.

    `choices` are what may be tapped instead; None where the question follows again with its own.
    With `insist`, the same answer given twice (or its button) is accepted as that value.
    """

    phrase: Phrase
    choices: tuple[Choice, ...] | None = None
    insist: Value | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All a question may look at."""

    answers: Mapping[str, Value]
    facts: Facts
    language: str


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from an answer, besides keeping it: first `forget`, then `give`. `leave` ends the
    dialogue; with `whole`, what lies below it too. `start`: which one takes over from one that ends here, and
    what is answered in it already."""

    forget: tuple[str, ...] = ()
    give: Mapping[str, Value] = field(default_factory=dict)
    say: tuple[Phrase, ...] = ()
    out: tuple[Out, ...] = ()
    do: tuple[Do, ...] = ()
    leave: bool = False
    whole: bool = False
    start: tuple[str, Mapping[str, Value]] | None = None


STAY = Step()


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `reach`: it may be tapped at any time, and what follows from it is its `then` alone:
    the value itself is not kept. `undo`: what going back behind it means, if more than forgetting it."""

    name: str
    read: Callable[[Heard, Scene], Value | Unreadable]
    choices: Callable[[Scene], tuple[Choice, ...]] | None = None
    applies: Callable[[Scene], bool] = lambda scene: True
    forgets: tuple[str, ...] = ()
    phrase: Callable[[Scene], Phrase] | None = None
    then: Callable[[Scene, Value], Step] = lambda scene, value: STAY
    reach: bool = False
    undo: Callable[[Scene], Step] | None = None

    def question(self, scene: Scene) -> Phrase:
        return self.phrase(scene) if self.phrase else Phrase(f"ask-{self.name}")


@dataclass(frozen=True, slots=True)
class Dialogue:
    name: str
    asks: tuple[Ask, ...]
    finish: Callable[[Scene], Step]
    abandon: tuple[Do, ...] = ()

    def current(self, scene: Scene) -> Ask | None:
        return next((a for a in self.asks if a.name not in scene.answers and a.applies(scene)), None)

    def answered_before(self, ask: Ask, other: Ask | None, scene: Scene) -> bool:
        """Later answers may hang on the one that is open now, so they wait for it."""
        order = [a.name for a in self.asks]
        after = other is not None and order.index(ask.name) > order.index(other.name)
        return ask.name in scene.answers and not after

    def ask(self, name: str) -> Ask | None:
        return next((a for a in self.asks if a.name == name), None)
