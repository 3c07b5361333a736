"""Which place is meant by what people type: "cdmx", "Cd Juarez", "Tlajomulco", "benito juarez qroo"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ventanilla.core.places import Municipality
from ventanilla.talk.place_words import VAGUE, shorter, splits, spoken, trimmed, untitled

_SHOWN, _SUGGESTED, _COMPARED = 9, 3, 12
_DOMINANT = 20
"""So many times the people of the next one: nobody means the hamlet of the same name."""
_FARFETCHED = 100
"""So many times fewer people than the first one: not shown, unless it is its official name."""
_NAMED, _CALLED = 1.0, 0.05
"""Weights: its official name; its main town or a part of its name."""
_SURE, _NEAR, _TIE = 0.83, 0.65, 0.03
"""Likeness: one slip in six letters is sure enough; below `_NEAR` it is another word."""
_MOST_LETTERS, _MOST_WORDS, _TRIED = 200, 16, 3
_SHORTEST_STATE = 5
_WEAK_STATE = "mexico"
"""The country far more often than the state, so only believed behind a place that lies in it."""


@dataclass(frozen=True, slots=True)
class One:
    municipality: Municipality


@dataclass(frozen=True, slots=True)
class State:
    code: str


@dataclass(frozen=True, slots=True)
class Several:
    """Most people first, nine at most; `more` where there are others."""

    municipalities: tuple[Municipality, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """The likeliest first, three at most."""

    suggestions: tuple[Municipality, ...]


Found = One | State | Several | Unknown
_Key = tuple[str, str]
_Senses = dict[_Key, float]


class MunicipalityIndex:
    """Built once: plain names, main towns and aliases, each to the places it may mean.

    Aliases are (alias, state code, municipality code or "" for the state). One of a municipality
    decides alone; the same alias may also name a state behind a place ("matehuala slp").
    """

    def __init__(
        self, municipalities: Sequence[Municipality], aliases: Sequence[tuple[str, str, str]] = ()
    ) -> None:
        self._towns = {(m.state_code, m.code): m for m in municipalities}
        self._states = {form: m.state_code for m in municipalities for form in _state_forms(m.state)}
        self._states |= {spoken(alias): state for alias, state, code in aliases if not code}
        self._codes = frozenset(m.state_code for m in municipalities)
        self._aliases: dict[str, _Senses] = {}
        for alias, state, code in aliases:
            if code:
                self._aliases.setdefault(spoken(alias), {})[state, code] = _NAMED
        self._names = _names(self._towns)
        self._inside = _by_state((*self._names.items(), *self._aliases.items()))
        self._longest_state = max((len(s.split()) for s in self._states), default=0)
        self._forms = sorted(
            form for form in {*self._names, *self._aliases, *self._states} if form != _WEAK_STATE
        )
        self._state_forms = sorted(form for form in self._states if form != _WEAK_STATE)

    def get(self, state_code: str, code: str) -> Municipality | None:
        return self._towns.get((state_code, code))

    def has_state(self, code: str) -> bool:
        return code in self._codes

    def find(self, text: str, prefer_state: str | None = None) -> Found:
        """Never raises. With `prefer_state`, a name that several states have is that state's."""
        words = spoken(text[:_MOST_LETTERS]).split()[:_MOST_WORDS]
        forms = [kept for kept in trimmed(words) if len(kept) > 1 or kept[0] not in VAGUE]
        for kept in forms:
            found = self._known(kept, prefer_state)
            if found is not None:
                return found
        if VAGUE.issuperset(words):
            return Unknown(())
        return self._misspelt(words, forms[-_TRIED:], prefer_state)

    def _known(self, words: tuple[str, ...], prefer: str | None) -> Found | None:
        said = " ".join(words)
        if said in self._aliases:
            return self._choose(self._aliases[said], prefer)
        if said in self._states and said != _WEAK_STATE:
            return State(self._states[said])
        if said in self._names:
            return self._choose(self._names[said], prefer)
        for place, state in splits(words, self._longest_state):
            senses = self._inside.get(self._states.get(state, ""), {}).get(place)
            if senses:
                return self._here(senses)
        return None

    def _choose(self, senses: _Senses, prefer: str | None) -> Found:
        """The one that is meant, or those that may be."""
        senses = {k: w for k, w in senses.items() if k[0] == prefer} or senses
        said = {k: w * max(1, self._towns[k].population) for k, w in senses.items()}
        ranked = sorted(said, key=lambda k: -said[k])
        first = said[ranked[0]]
        if len(ranked) == 1 or first >= _DOMINANT * said[ranked[1]]:
            return One(self._towns[ranked[0]])
        kept = [k for k in ranked if senses[k] == _NAMED or said[k] * _FARFETCHED >= first]
        towns = sorted((self._towns[k] for k in kept), key=_most_people)
        return Several(tuple(towns[:_SHOWN]), len(towns) > _SHOWN)

    def _here(self, senses: _Senses) -> Found:
        """In a state that was said, the only official name decides, however small the place."""
        named = [k for k, w in senses.items() if w == _NAMED]
        return One(self._towns[named[0]]) if len(named) == 1 else self._choose(senses, None)

    def _misspelt(self, words: list[str], forms: list[tuple[str, ...]], prefer: str | None) -> Found:
        hits = sorted((h for form in forms for h in self._like(form)), key=lambda h: -h.likeness)
        if not hits or hits[0].likeness < _SURE:
            likely = [t for hit in hits for t in self._most(hit.senses)]
            return Unknown(tuple(dict.fromkeys([*self._mentioned(words), *likely]))[:_SUGGESTED])
        if hits[0].state:
            return State(hits[0].state)
        senses: _Senses = {}
        for hit in hits:
            if hit.likeness >= hits[0].likeness - _TIE:
                senses |= {k: max(w, senses.get(k, 0)) for k, w in hit.senses.items()}
        return self._choose(senses, prefer)

    def _like(self, words: tuple[str, ...]) -> Iterator["_Hit"]:
        said = " ".join(words)
        for form, likeness, _ in _extract(said, self._forms):
            senses = self._aliases.get(form) or self._names.get(form, {})
            if form in self._states and form not in self._aliases:
                yield _Hit(likeness, {}, self._states[form])
            elif senses:
                yield _Hit(likeness, senses)
        for place, named in splits(words, self._longest_state):
            for state, sure in self._state_like(named):
                here = self._inside[state]
                for form, likeness, _ in _extract(place, list(here)) if place else ():
                    yield _Hit(min(likeness, sure), here[form])

    def _state_like(self, named: str) -> Iterator[tuple[str, float]]:
        if named in self._states:
            yield self._states[named], 1.0
        elif len(named) >= _SHORTEST_STATE:
            near = process.extractOne(
                named, self._state_forms, scorer=OSA.normalized_similarity, score_cutoff=_SURE
            )
            if near:
                yield self._states[near[0]], near[1]

    def _mentioned(self, words: Sequence[str]) -> Iterator[Municipality]:
        """Places named somewhere in a longer sentence, the longest name first."""
        for size in range(len(words), 0, -1):
            parts = {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)} - VAGUE
            senses = [self._aliases.get(part) or self._names.get(part, {}) for part in parts]
            yield from self._most({k: w for found in senses for k, w in found.items()})

    def _most(self, senses: _Senses) -> list[Municipality]:
        return sorted((self._towns[k] for k in senses), key=_most_people)[:_SUGGESTED]


@dataclass(frozen=True, slots=True)
class _Hit:
    likeness: float
    senses: _Senses
    state: str = ""


def _most_people(town: Municipality) -> int:
    return -town.population


def _extract(said: str, forms: Sequence[str]) -> list[tuple[str, float, int]]:
    return process.extract(said, forms, scorer=OSA.normalized_similarity, limit=_COMPARED, score_cutoff=_NEAR)


def _state_forms(state: str) -> tuple[str, ...]:
    name = spoken(state)
    return name, f"estado de {name}", f"estado {name}"


def _names(towns: Mapping[_Key, Municipality]) -> dict[str, _Senses]:
    """Each form of a name, with how much it says to whom."""
    names: dict[str, _Senses] = {}
    for key, town in towns.items():
        name, main = spoken(town.name), spoken(town.main_town)
        for form in {main, untitled(main), *shorter(name)} - {"", name}:
            names.setdefault(form, {}).setdefault(key, _CALLED)
        names.setdefault(name, {})[key] = _NAMED
    return names


def _by_state(forms: Iterable[tuple[str, _Senses]]) -> dict[str, dict[str, _Senses]]:
    inside: dict[str, dict[str, _Senses]] = {}
    for form, senses in forms:
        for key, weight in senses.items():
            inside.setdefault(key[0], {}).setdefault(form, {})[key] = weight
    return inside
