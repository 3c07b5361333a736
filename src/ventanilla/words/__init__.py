"""What is said, by key. A missing message or variable is an error, never a gap in a sentence.

`Words(language)` renders phrases; `compose` turns a `Say` into one channel message within Meta's
limits; `vocabulary` is how people say things, for the readers.
"""

from collections.abc import Mapping
from datetime import date, time
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from babel.dates import format_date, get_day_names
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number
from fluent.syntax.ast import Junk

from ventanilla.core.hours import Hours
from ventanilla.core.text import plain
from ventanilla.talk.engine import Phrase, Text
from ventanilla.talk.intents import Vocabulary

LANGUAGES = ("es", "en")
_LOCALES = {"es": "es_MX", "en": "en_GB"}
_LONG = {"es": "EEEE d 'de' MMMM 'de' y", "en": "EEEE d MMMM y"}
_DATE = {"es": "d 'de' MMMM 'de' y", "en": "d MMMM y"}
_BRIEF = "EEE d MMM"


class MissingWord(LookupError):
    """A key, attribute or variable that the word files do not have."""


def money(amount: Any) -> str:
    return f"${int(amount):,}"


@cache
def _format(iso: str, language: str, pattern: str) -> str:
    return format_date(date.fromisoformat(iso), pattern, locale=_LOCALES[language]).replace(".", "")


def _hours(hours: Hours, language: str) -> str:
    """ "Lun-Vie 08:00-15:00" with the days of the language."""
    names = get_day_names("abbreviated", locale=_LOCALES[language])
    parts = []
    for days, group in groupby(enumerate(hours.days), key=lambda day: day[1]):
        run = [names[n].capitalize() for n, _ in group]
        name = run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}"
        parts += [f"{name} {span.open:%H:%M}-{span.close:%H:%M}" for span in days]
    return "; ".join(parts)


def _bundle(language: str) -> FluentBundle:
    functions: dict[str, Any] = {
        "MONEY": money,
        "DAY": lambda iso: _format(str(iso), language, _LONG[language]),
        "DATE": lambda iso: _format(str(iso), language, _DATE[language]),
        "BRIEF": lambda iso: _format(str(iso), language, _BRIEF),
        "CLOCK": str,
    }
    bundle = FluentBundle([_LOCALES[language].replace("_", "-")], functions=functions, use_isolating=False)
    for entry in sorted(files(__package__).joinpath(language).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".ftl"):
            resource = FluentResource(entry.read_text("utf-8"))
            junk = [part.content for part in resource.body if isinstance(part, Junk)]
            if junk:
                raise MissingWord(f"{language}/{entry.name} cannot be read from: {str(junk[0])[:80]!r}")
            bundle.add_resource(resource)
    return bundle


class Words:
    """One language. Rendering is pure; the word files are read once per process."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = _bundle(language)

    def __call__(self, phrase: Text) -> str:
        return phrase if isinstance(phrase, str) else self.text(phrase.key, **phrase.args)

    def text(self, key: str, /, **args: Any) -> str:
        """The message of this key. Dates and times are given as such and formatted by the file."""
        if not self._bundle.has_message(key):
            raise MissingWord(f"{self.language}: no message {key!r}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise MissingWord(f"{self.language}: {key!r} has no text")
        text, errors = self._bundle.format_pattern(pattern, {k: self._plain(v) for k, v in args.items()})
        if errors:
            raise MissingWord(f"{self.language}: {key!r}: {errors[0]}")
        return str(text)

    def attributes(self, key: str) -> Mapping[str, str]:
        """The parts of a message that has no text of its own, in the order of the file."""
        message = self._bundle.get_message(key)
        return {name: str(self._bundle.format_pattern(p)[0]) for name, p in message.attributes.items()}

    def messages(self) -> tuple[str, ...]:
        """In the order of the files."""
        return tuple(self._bundle._messages)

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Phrase):
            return self(value)
        if isinstance(value, tuple):
            return "\n\n".join(map(self, value))
        if isinstance(value, Hours):
            return _hours(value, self.language)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, time):
            return f"{value:%H:%M}"
        # Years and counts alike: "2026", not "2,026"; MONEY puts its own commas.
        return fluent_number(value, useGrouping=False) if isinstance(value, int) else value


@cache
def words(language: str) -> Words:
    return Words(language)


@cache
def vocabulary(language: str) -> Vocabulary:
    """The phrases of the word files in plain form; titles of fixed choices count as phrases too."""
    say = words(language)
    titles = say.messages()
    commands: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    wishes: dict[str, tuple[tuple[str, ...], ...]] = {}
    for key in titles:
        kind, _, rest = key.partition("-")
        if kind == "command":
            commands |= dict.fromkeys(_phrases(say.text(key)), rest)
        elif kind == "wish":
            wishes[rest] = tuple(tuple(p.split()) for p in _phrases(say.text(key)))
        elif kind == "meant":
            choices[rest] = {p: value for value, said in say.attributes(key).items() for p in _phrases(said)}
            for value in say.attributes(key):
                if f"choice-{rest}-{value}" in titles:
                    choices[rest].setdefault(f"{plain(say.text(f'choice-{rest}-{value}'))} .", value)
    return Vocabulary(commands, choices, wishes, frozenset((".", *_phrases(say.text("courtesies")))))


def _phrases(text: str) -> list[str]:
    """In plain form; a full stop behind a phrase stays, as a word of its own."""
    return [f"{plain(p)} ." if p.strip().endswith(".") else plain(p) or p.strip() for p in text.split("|")]


def vocabularies() -> Mapping[str, Vocabulary]:
    return {language: vocabulary(language) for language in LANGUAGES}
