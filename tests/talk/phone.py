"""The form on a phone: pages as they are shown, filled in and sent; with the pure program behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.talk.stage import Person

from ventanilla.talk.form import Closed, Finished, Outcome, Shown, opened, submitted
from ventanilla.talk.form_pages import PAGES, View
from ventanilla.words import words
from ventanilla.words.forms import answers_of, key, page_data, said


@dataclass(slots=True)
class Screen:
    """What is seen: a page with its data, the words with which the form closed, or that it is done."""

    page: str = ""
    data: Mapping[str, Any] | None = None
    closed: str = ""
    done: bool = False
    title: str = ""

    @property
    def error(self) -> str:
        return str(self.data["error"]) if self.data and self.data["has_error"] else ""

    def options(self, name: str) -> list[str]:
        assert self.data is not None
        return [o["id"] for o in self.data[f"{key(name)}_options"]]

    def lines(self) -> Iterator[str]:
        if self.done or self.closed:
            yield "(se cierra)" if self.done else f"(se cierra: {self.closed})"
            return
        assert self.data is not None
        yield f"«{self.title}»"
        yield from str(self.data["told"]).split("\n")
        if self.data["has_error"]:
            yield from (f"❗ {line}" for line in self.error.split("\n"))
        yield from (f"{name}: {value}" for name, value in self.data["init"].items())
        for name, value in self.data.items():
            if name.endswith("_options") and self.data.get(name.replace("_options", "_visible"), True):
                yield f"{name.removesuffix('_options')}:"
                yield from (f"- {' · '.join(list(o.values())[1:])}" for o in value[:5])
                if len(value) > 5:
                    yield f"- … ({len(value)})"
        if "min_date" in self.data:
            full = len(self.data["unavailable"])
            week = " ".join(self.data["include_days"])
            yield f"({self.data['min_date']} a {self.data['max_date']}; {week}; {full} días llenos)"


@dataclass(slots=True)
class FormPhone:
    """Fields keep what was typed, as on a phone; `person` is whose it is."""

    person: Person

    def opens(self) -> Screen:
        person = self.person
        return self._shows(person.ask(lambda facts: opened(person.talk, PAGES[0], facts)))

    def sends(self, **typed: str) -> Screen:
        """Type this into the page that is shown, and tap its button."""
        view = self.person.page
        assert view is not None
        given = {**view.filled, **{name.replace("_", "-"): text for name, text in typed.items()}}
        return self.again(view, given)

    def again(self, view: View, given: Mapping[str, str]) -> Screen:
        """A page sent as it was: once more, or after the arrow back."""
        person = self.person
        payload = {key(name): text for name, text in given.items()}
        sent = answers_of(view.page, payload)
        return self._shows(
            person.ask(lambda facts: submitted(person.talk, view.page, sent, view.shown, facts))
        )

    def _shows(self, outcome: Outcome) -> Screen:
        person = self.person
        person.shown = []
        match outcome:
            case Shown(talk, view):
                person.talk, person.page = talk, view
                say = words(talk.language)
                title = say.text(f"step-{view.page.id.lower()}")
                return Screen(view.page.id, page_data(view, say), title=title)
            case Finished(turn):
                person.gets(turn)
                return Screen(done=True)
            case Closed(phrase, talk, _):
                person.talk = talk or person.talk
                return Screen(closed=said(phrase, words(person.talk.language)))
