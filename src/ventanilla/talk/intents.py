"""What a free text wants. The phrases live in the word files; here is only how they are matched."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from ventanilla.core.text import plain

_STEM_FROM = 4
_FUZZY_FROM = 5
_FUZZY_SCORE = 84
_LONG_WORD = 6
_LONGEST_PHRASE = 8
_ENDING = 2
_END = "."
_AS_SAID = ("move", "proof")
_AGE = re.compile(r"\b(\d{1,2})\s*(?:anos|anitos|anios|years?|year old|meses|months?)\b")
_VALIDITY = re.compile(
    r"\b(?:de|por|a|for|the)?\s*(1|3|6|10|un|tres|seis|diez|one|three|six|ten)[ -](?:anos?|years?)\b"
)
_PEOPLE = re.compile(r"\b(?:somos|para|we are|for) (\d{1,2})\b")
_NUMBERS = {
    "un": "1",
    "one": "1",
    "tres": "3",
    "three": "3",
    "seis": "6",
    "six": "6",
    "diez": "10",
    "ten": "10",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """An intent and what was already said with it (`procedure`, `for-whom`, `age`, `validity`, `people`;
    `said`: all of it, where it may name a day or a folio).

    `sure`: two words of it or more were found, so that it is hardly a word of an answer.
    """

    name: str
    given: Mapping[str, str] = field(default_factory=dict)
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's phrases, all in plain form.

    `commands` and `choices[ask]` map a phrase to a command or a value; one that ends in " ." counts
    only where nothing follows it. `intents` maps an intent to its phrases, each a set of words that
    must all occur; `courtesies` are phrases that say nothing.
    """

    commands: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    intents: Mapping[str, tuple[tuple[str, ...], ...]]
    courtesies: frozenset[str] = frozenset()
    _wanted: frozenset[str] = field(init=False)
    """Every word of the intents once."""
    _long: tuple[str, ...] = field(init=False)
    """Of those, what may be misspelt."""

    def __post_init__(self) -> None:
        words = frozenset(word for phrases in self.intents.values() for phrase in phrases for word in phrase)
        object.__setattr__(self, "_wanted", words)
        object.__setattr__(self, "_long", tuple(w for w in words if len(w) >= _FUZZY_FROM))

    def command(self, text: str) -> str | None:
        """Only a whole message is a command, so that no name or address is taken for one."""
        return self._whole(self.commands, plain(text) or text.strip())

    def reply(self, ask: str, text: str) -> str | None:
        """The value the whole message means: "sí, por favor" is a yes, "sí, ¿cuánto cuesta?" is not."""
        phrases = self.choices.get(ask, {})
        return self._whole(phrases, plain(text)) or _nearly(phrases, plain(text))

    def choice(self, ask: str, text: str) -> str | None:
        """The value whose longest phrase stands in the text as whole words, or nearly stands there."""
        said = plain(text)
        phrases, words = self.choices.get(ask, {}), f" {said} {_END} "
        found = [(len(p), v) for p, v in phrases.items() if f" {p} " in words]
        return max(found)[1] if found else _nearly(phrases, said) or _one_nearly(phrases, said.split())

    def wish(self, text: str) -> Wish | None:
        """The intent with the most words found, then the most of them as written, then the first."""
        words = plain(text).split()
        heard = {wanted for word in words for wanted in self._meant(word)}
        if not heard:
            return None
        best, found = (0, 0), ""
        for name, phrases in self.intents.items():
            said = (p for p in phrases if heard.issuperset(p))
            size = max(((len(p), sum(w in words for w in p)) for p in said), default=(0, 0))
            if size > best:
                best, found = size, name
        if not found:
            return None
        return Wish(found, {"said": text} if found in _AS_SAID else self._given(text), best[0] > 1)

    def _meant(self, word: str) -> Iterator[str]:
        """A word counts with its endings (`cita`, `citas`) and, from five letters on, with a typo."""
        if word in self._wanted:
            yield word
        for stem in (word[:-n] for n in range(1, _ENDING + 1)):
            if len(stem) >= _STEM_FROM and stem in self._wanted:
                yield stem
        near = process.extract(
            word, self._long, scorer=fuzz.ratio, processor=None, score_cutoff=_FUZZY_SCORE, limit=None
        )
        yield from (wanted for wanted, _, _ in near)

    def _whole(self, phrases: Mapping[str, str], said: str) -> str | None:
        """The one value of a text made up of its phrases and of courtesies alone, one of which may be a
        phrase itself ("hola, hola")."""
        if said in phrases:
            return phrases[said]
        words, at = [*said.split(), _END], 0
        found: set[str] = set()
        polite: set[str] = set()
        while at < len(words):
            ends = range(min(len(words), at + _LONGEST_PHRASE), at, -1)
            known = (p for e in ends if (p := " ".join(words[at:e])) in phrases or p in self.courtesies)
            phrase = next(known, None)
            if phrase is None:
                return None
            if phrase in phrases:
                (polite if phrase in self.courtesies else found).add(phrases[phrase])
            at += len(phrase.split())
        meant = found or polite
        return meant.pop() if len(meant) == 1 else None

    def _given(self, text: str) -> dict[str, str]:
        said = plain(text)
        given = {}
        for ask in ("procedure", "for-whom"):
            value = self.choice(ask, said)
            if value:
                given[ask] = value
        child = given.get("for-whom") == "child"
        if child and (age := _AGE.search(said)):
            given["age"] = "0" if age[0].endswith(("meses", "month", "months")) else age[1]
        elif not child and (years := _VALIDITY.search(said)):
            given["validity"] = _NUMBERS.get(years[1], years[1])
        if people := _PEOPLE.search(said):
            given["people"] = people[1]
        return given


def _nearly(phrases: Mapping[str, str], text: str) -> str | None:
    """A misspelt phrase of as many words ("no confirmo" is no "confirmo"), with no rival about as near."""
    count = len(text.split())
    scores = sorted(
        (
            (fuzz.ratio(text, p), v)
            for p, v in phrases.items()
            if len(p) >= _FUZZY_FROM and len(p.split()) == count
        ),
        reverse=True,
    )
    if not scores or scores[0][0] < _FUZZY_SCORE:
        return None
    rivals = {v for score, v in scores if score > scores[0][0] - 5}
    return scores[0][1] if len(rivals) == 1 else None


def _one_nearly(phrases: Mapping[str, str], words: Sequence[str]) -> str | None:
    """A long word of a sentence, misspelt ("quiero renobar mi pasaporte"), if only one value is near."""
    near = {_nearly(phrases, word) for word in words if len(word) >= _LONG_WORD} - {None}
    return near.pop() if len(near) == 1 else None
