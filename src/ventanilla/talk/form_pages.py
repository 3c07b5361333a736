"""The booking as a form: the questions of the dialogue, a few to a page, in the dialogue's own order."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ventanilla.talk.book import BOOKING
from ventanilla.talk.dialogue import Ask, Scene
from ventanilla.talk.messages import Choice, Phrase, Value
from ventanilla.talk.person import NONE, Name, curp_facts, curp_of, is_minor, whom
from ventanilla.talk.where import free_days, town_of

Kind = Literal["one", "list", "text", "date", "calendar", "tick"]
"""One of a few, one of many, a line of text, any day, a free day, yes or no."""
MOST_OPTIONS = 200


@dataclass(frozen=True, slots=True)
class Field:
    """`helps`: no question of its own, but a second way to answer that one. `sometimes`: not always shown.
    `fixed`: its options never change."""

    name: str
    kind: Kind
    required: bool = True
    helps: str = ""
    sometimes: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`sometimes`: some people are spared it."""

    id: str
    fields: tuple[Field, ...]
    sometimes: bool = False

    def asks(self) -> Iterator[tuple[Field, Ask]]:
        for entry in self.fields:
            ask = BOOKING.ask(entry.name)
            if ask is not None:
                yield entry, ask

    def applies(self, scene: Scene) -> bool:
        return not self.sometimes or any(ask.applies(scene) for _, ask in self.asks())


SUMMARY = Page("SUMMARY", (Field("place", "list", sometimes=True),))
PAGES = (
    Page(
        "PERSON",
        (Field("for-whom", "one", fixed=True), Field("procedure", "one", fixed=True), Field("curp", "text")),
    ),
    Page(
        "IDENTITY",
        (
            Field("name", "text"),
            Field("sure", "tick", required=False, helps="name", sometimes=True),
            Field("identification", "list"),
            Field("id-number", "text", required=False),
        ),
    ),
    Page(
        "OLD",
        (
            Field("old-number", "text", required=False),
            Field("old-issued", "date", required=False),
            Field("old-expires", "date", required=False),
        ),
        sometimes=True,
    ),
    Page(
        "TERMS",
        (
            Field("attending", "one", sometimes=True, fixed=True),
            Field("validity", "list"),
            Field("email", "text", required=False),
        ),
    ),
    Page(
        "WHERE",
        (
            Field("municipality", "text"),
            Field("town", "list", required=False, helps="municipality", sometimes=True),
        ),
    ),
    Page("OFFICE", (Field("office", "list"),)),
    Page("DAY", (Field("day", "calendar"),)),
    Page("TIME", (Field("time", "list"),)),
    SUMMARY,
)
NUMBER_OF = {page.id: number for number, page in enumerate(PAGES)}
LAST = len(PAGES) - 1
_PAGE_OF = {entry.name: n for n, page in enumerate(PAGES) for entry in page.fields} | {"confirm": LAST}


def page_asking(ask: Ask | None) -> int:
    """The number of the page on which this question stands; the last where none is open."""
    return _PAGE_OF.get(ask.name, LAST) if ask else LAST


@dataclass(frozen=True, slots=True)
class View:
    """One page as it is to be shown.

    `options` by field; `filled` is what stands in the fields already; `visible`, the fields that are not
    always shown, now. `days` are the free ones, in order. `shown` tells what a confirmation confirms.
    """

    page: Page
    told: tuple[Phrase, ...]
    faults: tuple[Phrase, ...] = ()
    options: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    filled: Mapping[str, str] = field(default_factory=dict)
    visible: frozenset[str] = frozenset()
    days: tuple[date, ...] = ()
    shown: str = ""


def view(
    page: Page,
    scene: Scene,
    *,
    notes: tuple[Phrase, ...] = (),
    faults: tuple[Phrase, ...] = (),
    typed: Mapping[str, str] | None = None,
    helping: Mapping[str, tuple[Choice, ...]] | None = None,
) -> View:
    """`notes` go before what the page says; `typed` is what was just given and not taken; `helping`, the
    options of the fields that help."""
    if page_asking(BOOKING.current(scene)) < NUMBER_OF[page.id]:
        # The chat took back what this page stands on.
        return View(page, (Phrase("form-again"),), faults, filled=dict(typed or {}))
    options = {e.name: _options(e, ask, scene) for e, ask in page.asks() if e.kind in ("one", "list")}
    options |= helping or {}
    filled = {e.name: written(e.name, scene) for e, _ in page.asks() if e.name in scene.answers}
    filled = _that_can_be_shown(filled | dict(typed or {}), options)
    visible = {e.name for e, ask in page.asks() if e.sometimes and ask.applies(scene)} | set(helping or {})
    days = tuple(free_days(scene)) if page.id == "DAY" else ()
    return View(
        page,
        (*notes, _told(page, scene)),
        faults,
        options,
        filled,
        frozenset(visible),
        days,
        shown_by(scene) if page is SUMMARY else "",
    )


def _options(entry: Field, ask: Ask, scene: Scene) -> tuple[Choice, ...]:
    if entry.fixed or ask.choices is None or not ask.applies(scene):
        return ()
    # What leads elsewhere in the chat is the arrow back in a form.
    return tuple(c for c in ask.choices(scene) if c.ask != "fix")[:MOST_OPTIONS]


def option_id(choice: Choice) -> str:
    return f"{choice.ask}:{choice.value}" if choice.ask else choice.value


def _that_can_be_shown(
    filled: Mapping[str, str], options: Mapping[str, tuple[Choice, ...]]
) -> dict[str, str]:
    """Without what is empty, or chosen from what is not offered any more."""
    ids = {name: {option_id(c) for c in choices} for name, choices in options.items() if choices}
    return {n: text for n, text in filled.items() if text and (n not in ids or text in ids[n])}


def written(name: str, scene: Scene) -> str:
    """An answer as its field shows it."""
    value = scene.answers[name]
    if name == "name":
        return str(Name.of(value))
    if name == "municipality":
        town = town_of(scene)
        states = (o.state for o in scene.facts.world.offices.values() if o.state_code == value)
        return f"{town.name}, {town.state}" if town else next(states, "")
    return "" if value == NONE else value


def _told(page: Page, scene: Scene) -> Phrase:
    answers = scene.answers
    match page.id:
        case "IDENTITY":
            return Phrase("form-identity", {**curp_facts(curp_of(scene)), "who": whom(scene)})
        case "OLD":
            return Phrase("form-old", {"lost": "yes" if answers["procedure"] == "lost" else "no"})
        case "TERMS":
            return Phrase("form-terms", {"minor": "yes" if is_minor(scene) else "no"})
        case "OFFICE" | "DAY" | "TIME":
            return _asked(page, scene)
        case "SUMMARY":
            ask = BOOKING.current(scene)
            assert ask is not None
            return ask.question(scene)
        case _:
            return Phrase(f"form-{page.id.lower()}")


def _asked(page: Page, scene: Scene) -> Phrase:
    """As the chat asks it, but for the ways to write it."""
    ((_, ask),) = page.asks()
    question = ask.question(scene)
    if question.key == "ask-day-draw":
        return Phrase("form-day-draw", question.args)
    return Phrase(f"form-{ask.name}", question.args) if question.key in ("ask-day", "ask-time") else question


def shown_by(scene: Scene) -> str:
    """The same for the same answers: only what stood on the screen can be confirmed there."""
    kept = sorted((k, v) for k, v in scene.answers.items() if k not in ("held", "confirm", "change"))
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]


def form_booked(reply: Value) -> bool:
    """Whether a form's reply says that it has booked. It comes from a phone: it may be anything."""
    try:
        said = json.loads(reply)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("booked") == "yes"
