"""The questions about the person: who, what, CURP, name, who comes along, years, e-mail."""

from collections.abc import Callable
from dataclasses import dataclass

from ventanilla.core.curp import STATES, Curp, CurpFault, age_on, read_curp
from ventanilla.core.fees import validities
from ventanilla.core.identification import accepted
from ventanilla.core.people import NameFault, PersonName, mismatches, split_name
from ventanilla.core.procedures import PROCEDURES, group_of, needs_old_passport
from ventanilla.talk.engine import STAY, Ask, Choice, Heard, Phrase, Scene, Step, Unreadable, Value
from ventanilla.talk.facts import HasLive, NoShows
from ventanilla.talk.group import others
from ventanilla.talk.missed import told_missed
from ventanilla.talk.readers import email, one_of, respelt_email

NONE = "none"
PEOPLE = ("me", "child", "other")
ATTENDING = ("both", "mother", "father", "guardian")
OLD_PASSPORT = ("old-number", "old-issued", "old-expires")
_OF_THE_PERSON = ("name", "identification", "id-number", *OLD_PASSPORT, "attending")
_YEARS = {"one": "1", "three": "3", "six": "6", "ten": "10"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name answer: its parts, and whether the person insisted on it against the CURP."""

    given: str
    surname1: str
    surname2: str
    flagged: bool

    def value(self) -> Value:
        return "\t".join((self.given, self.surname1, self.surname2, "flagged" if self.flagged else ""))

    @staticmethod
    def of(value: Value) -> "Name":
        given, surname1, surname2, flag = value.split("\t")
        return Name(given, surname1, surname2, flag == "flagged")

    def __str__(self) -> str:
        return " ".join(part for part in (self.given, self.surname1, self.surname2) if part)


def curp_of(scene: Scene) -> Curp:
    """The CURP answered; only asked for where it has been read before."""
    found = read_curp(scene.answers["curp"], scene.facts.today)
    if isinstance(found, CurpFault):
        raise TypeError(f"an answer that was read before is not a CURP any more: {found.kind}")
    return found


def age_of(scene: Scene) -> int:
    return age_on(curp_of(scene).birth_date, scene.facts.today)


def is_minor(scene: Scene) -> bool:
    return "curp" in scene.answers and group_of(age_of(scene)) == "minor"


def whom(scene: Scene) -> str:
    """As the CURP has it: who said "for me" and gave a child's is spoken to about the child."""
    said = scene.answers["for-whom"]
    return "child" if is_minor(scene) else "other" if said == "child" else said


def choose(
    ask: str, values: tuple[str, ...], *, described: bool = False, whole: bool = False
) -> Callable[..., Ask]:
    """An `Ask` over fixed values, worded `choice-<ask>-<value>` (and `about-<ask>-<value>`)."""
    rows = tuple(
        Choice(v, Phrase(f"choice-{ask}-{v}"), Phrase(f"about-{ask}-{v}") if described else None)
        for v in values
    )

    def choices(scene: Scene) -> tuple[Choice, ...]:
        return rows

    def make(**options: object) -> Ask:
        return Ask(ask, one_of(ask, choices, whole=whole), choices, **options)  # type: ignore[arg-type]

    return make


def _after_procedure(scene: Scene, value: Value) -> Step:
    """What was answered stays where it also fits the other procedure."""
    answers = scene.answers
    if "curp" in answers and scene.facts.get(HasLive(answers["curp"], value)):
        return Step(forget=("procedure",), say=(Phrase("already-live"),))
    stale = [
        k
        for k in OLD_PASSPORT
        if not needs_old_passport(value) or (value != "lost" and answers.get(k) == NONE)
    ]
    if "curp" in answers and answers.get("identification") not in accepted(value, age_of(scene)):
        stale += ["identification", "id-number"]
    office = scene.facts.world.offices.get(answers.get("office", ""))
    if office is not None and value not in office.procedures:
        stale += ["office", "day", "time", "lost"]
    return Step(forget=tuple(stale))


def _people(scene: Scene) -> tuple[Choice, ...]:
    """Nobody is themselves twice."""
    known = {own["for-whom"] for own in others(scene.answers)}
    return tuple(Choice(p, Phrase(f"choice-for-whom-{p}")) for p in PEOPLE if p != "me" or p not in known)


def _ask_for_whom(scene: Scene) -> Phrase:
    return Phrase("ask-for-whom-next" if others(scene.answers) else "ask-for-whom")


def _who(scene: Scene) -> dict[str, str]:
    return {"who": scene.answers["for-whom"]}


def _instead(scene: Scene) -> tuple[Choice, ...]:
    """Of several people, one whose CURP is not at hand can be left out."""
    return (Choice("now", Phrase("choice-without"), ask="without"),) if others(scene.answers) else ()


def _read_curp(heard: Heard, scene: Scene) -> Value | Unreadable:
    tapped = heard.for_ask("curp")
    found = read_curp(tapped if tapped is not None else heard.text, scene.facts.today)
    if isinstance(found, Curp):
        return found.text
    whole = found.hint if found.hint and len(found.hint) == 18 else None
    args = {
        "kind": found.kind,
        "position": found.position or 0,
        "found": found.found[:20],
        "count": len(found.found),
        "hint": whole or NONE,
    }
    right = (Choice(whole, whole),) if whole else ()
    return Unreadable(Phrase("bad-curp", args), (*right, *_instead(scene)))


def _after_curp(scene: Scene, value: Value) -> Step:
    """With another CURP, what does not fit it is asked again; another name means another person."""
    twice = next((own for own in others(scene.answers) if own["curp"] == value), None)
    if twice is not None:
        name = Name.of(twice["name"]).given
        return Step(forget=("curp",), say=(Phrase("curp-twice", {"name": name}),))
    live = HasLive(value, scene.answers["procedure"])
    scene.facts.need(live, NoShows(value))
    if scene.facts.get(live):
        return Step(forget=("curp",), say=(Phrase("already-live"),))
    curp = read_curp(value, scene.facts.today)
    assert isinstance(curp, Curp)
    age = age_on(curp.birth_date, scene.facts.today)
    minor = group_of(age) == "minor"
    surprise = (Phrase("is-minor" if minor else "grown-up"),)
    expected = minor == (scene.answers["for-whom"] == "child")
    told = (*(() if expected else surprise), *told_missed(scene, value))
    return Step(forget=_not_of(scene, curp, age), say=told)


def _not_of(scene: Scene, curp: Curp, age: int) -> tuple[str, ...]:
    """The answers that do not go with this CURP."""
    answers = scene.answers
    stale: list[str] = []
    if "name" in answers:
        name = Name.of(answers["name"])
        parts = PersonName(name.given, name.surname1, name.surname2)
        if name.flagged or mismatches(parts, curp):
            stale += _OF_THE_PERSON
    if answers.get("identification") not in accepted(answers["procedure"], age):
        stale += ["identification", "id-number"]
    if group_of(age) == "adult":
        stale.append("attending")
    if int(answers.get("validity", "0").partition(":")[0]) not in validities(age):
        stale.append("validity")
    return tuple(stale)


def curp_facts(curp: Curp) -> dict[str, object]:
    """What the CURP itself says, for showing back; nothing is looked up."""
    return {"born": curp.birth_date, "sex": Phrase(f"sex-{curp.sex}"), "state": STATES[curp.state]}


def _ask_name(scene: Scene) -> Phrase:
    return Phrase("ask-name", {**curp_facts(curp_of(scene)), "who": whom(scene)})


def _fix_curp(scene: Scene) -> tuple[Choice, ...]:
    return (Choice("curp", Phrase("choice-fix-curp"), ask="fix"),)


def _read_name(heard: Heard, scene: Scene) -> Value | Unreadable:
    if heard.kind == "choice":
        return Unreadable(Phrase("gone-choice"))
    agreed = scene.facts.world.vocabularies[scene.language].reply("agreed", heard.text)
    if agreed:
        return Unreadable(Phrase("bad-name", {"kind": agreed}), _fix_curp(scene))
    found = split_name(heard.text, curp_of(scene))
    if isinstance(found, NameFault):
        return Unreadable(Phrase("bad-name", {"kind": found.kind}), _fix_curp(scene))
    name = Name(found.name.given, found.name.surname1, found.name.surname2, bool(found.mismatches))
    if not found.mismatches:
        return name.value()
    first = found.mismatches[0]
    args = {
        "part": first.part,
        "curp-letter": first.curp_letter,
        "name-letter": first.name_letter,
        "position": first.position,
        "name": str(name),
    }
    choices = (Choice("!", Phrase("choice-name-insist")), *_fix_curp(scene))
    return Unreadable(Phrase("name-mismatch", args), choices, insist=name.value())


def _one_parent(scene: Scene, value: Value) -> Step:
    return Step(say=(Phrase("one-parent"),)) if value in ("mother", "father") else STAY


def _fares(scene: Scene) -> tuple[Choice, ...]:
    """Every validity the age allows, in full and at 50 %, each with this year's price."""
    rows = []
    for tariff in ("full", "half"):
        for years in validities(age_of(scene)):
            fee = scene.facts.world.fees.fee(scene.facts.today.year, years, half=tariff == "half")
            if fee is not None:
                title = Phrase("choice-validity", {"years": years, "amount": fee.amount_mxn})
                rows.append(Choice(f"{years}:{tariff}", title, None, Phrase(f"tariffs-{tariff}")))
    return tuple(rows)


def _read_fare(heard: Heard, scene: Scene) -> Value | Unreadable:
    vocabulary = scene.facts.world.vocabularies[scene.language]
    years = vocabulary.choice("years", heard.text)
    if heard.kind == "text" and years is not None:
        half = vocabulary.choice("tariff", heard.text) == "half"
        meant = f"{_YEARS[years]}:{'half' if half else 'full'}"
        if meant in {c.value for c in _fares(scene)}:
            return meant
    return one_of("validity", _fares)(heard, scene)


def _no_email(scene: Scene) -> tuple[Choice, ...]:
    return (Choice(NONE, Phrase("choice-email-none")),)


def _read_email(heard: Heard, scene: Scene) -> Value | Unreadable:
    if heard.for_ask("email") == NONE:
        return NONE
    address = email(heard.text)
    if address is None and scene.facts.world.vocabularies[scene.language].reply("email", heard.text):
        return NONE
    hint = respelt_email(address) if address else None
    if address is not None and hint is None:
        return address
    return Unreadable(Phrase("bad-email", {"hint": hint or NONE}), _no_email(scene))


WHO: tuple[Ask, ...] = (
    Ask(
        "for-whom",
        one_of("for-whom", _people),
        _people,
        forgets=("curp", *_OF_THE_PERSON, "validity"),
        phrase=_ask_for_whom,
    ),
    choose("procedure", PROCEDURES, described=True)(then=_after_procedure),
    Ask("curp", _read_curp, _instead, then=_after_curp, phrase=lambda s: Phrase("ask-curp", _who(s))),
    Ask("name", _read_name, _fix_curp, phrase=_ask_name),
)
TERMS: tuple[Ask, ...] = (
    choose("attending", ATTENDING)(applies=is_minor, then=_one_parent),
    Ask("validity", _read_fare, _fares),
    Ask("email", _read_email, _no_email),
)
