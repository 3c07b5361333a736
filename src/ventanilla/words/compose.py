"""From a `Say` to one channel message, within Meta's limits (whatsapp_limits.csv)."""

from dataclasses import dataclass

from ventanilla.core.text import shorten
from ventanilla.talk.engine import Choice, Say
from ventanilla.words import Words

TEXT_BODY = 4096
INTERACTIVE_BODY = 1024
BUTTONS = 3
BUTTON_TITLE = 20
ROW_TITLE = 24
ROW_DESCRIPTION = 72
SECTION_TITLE = 24


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a channel can show: a body, and up to 3 buttons or one list of up to 10 rows."""

    body: str
    buttons: tuple[Row, ...] = ()
    sections: tuple[tuple[str, tuple[Row, ...]], ...] = ()
    opener: str = ""


def compose(say: Say, words: Words) -> tuple[Message, ...]:
    """One message; two only where what is told before a choice is too long to stand above it."""
    parts = [words(part) for part in say.parts]
    body = "\n\n".join(part for part in parts if part)
    if not say.choices:
        return (Message(shorten(body, TEXT_BODY)),)
    if len(body) <= INTERACTIVE_BODY:
        return (_with_choices(body, say, words),)
    *told, question = parts
    if not told or len(question) > INTERACTIVE_BODY:
        question = words.text("what-now")
        told = parts
    return (Message(shorten("\n\n".join(told), TEXT_BODY)), _with_choices(question, say, words))


def _with_choices(body: str, say: Say, words: Words) -> Message:
    rows = [(_row(choice, say, words), choice) for choice in say.choices]
    fits = len(rows) <= BUTTONS and all(len(r.title) <= BUTTON_TITLE and not r.description for r, _ in rows)
    if fits and len({r.title for r, _ in rows}) == len(rows):
        return Message(body, buttons=tuple(r for r, _ in rows))
    sections: dict[str, list[Row]] = {}
    for row, choice in rows:
        title = words(choice.section) if choice.section is not None else ""
        cut = Row(row.id, shorten(row.title, ROW_TITLE), shorten(row.description, ROW_DESCRIPTION))
        sections.setdefault(shorten(title, SECTION_TITLE), []).append(cut)
    grouped = tuple((title, tuple(group)) for title, group in sections.items())
    return Message(body, sections=grouped, opener=words.text("list-button"))


def _row(choice: Choice, say: Say, words: Words) -> Row:
    about = words(choice.description) if choice.description is not None else ""
    return Row(f"{choice.ask or say.ask}:{choice.value}", words(choice.title), about)
