"""What WhatsApp accepts of one message, as Meta's documentation has it."""

from collections.abc import Iterator

from ventanilla.words.compose import Message, Row

TEXT, BODY, OPENER = 4096, 1024, 20
BUTTONS, BUTTON_TITLE, BUTTON_ID = 3, 20, 256
ROWS, ROW_TITLE, ROW_ABOUT, ROW_ID, SECTION_TITLE = 10, 24, 72, 200, 24


def faults_of(message: Message) -> Iterator[str]:
    """Everything for which it would be refused, and what would only look careless."""
    interactive = bool(message.buttons or message.sections)
    yield from _text_faults("body", message.body, BODY if interactive else TEXT)
    yield from (f"untidy: {s!r}" for s in ("\n\n\n", "  ", " \n", " .", " ,", "..") if s in message.body)
    if message.buttons and message.sections:
        yield "buttons and a list in one"
    yield from _button_faults(message.buttons)
    if message.sections:
        yield from _text_faults("opener", message.opener, OPENER)
        yield from _list_faults(message.sections)


def _text_faults(what: str, text: str, most: int) -> Iterator[str]:
    if not text.strip() or text != text.strip():
        yield f"{what} is empty or has spaces around it: {text!r}"
    if len(text) > most:
        yield f"{what} has {len(text)} characters instead of {most}: {text!r}"


def _button_faults(buttons: tuple[Row, ...]) -> Iterator[str]:
    if len(buttons) > BUTTONS or len({b.title for b in buttons}) != len(buttons):
        yield "too many buttons, or two alike"
    for button in buttons:
        yield from _text_faults("button title", button.title, BUTTON_TITLE)
        yield from _text_faults("button id", button.id, BUTTON_ID)


def _list_faults(sections: tuple[tuple[str, tuple[Row, ...]], ...]) -> Iterator[str]:
    rows = [row for _, group in sections for row in group]
    if not 1 <= len(rows) <= ROWS or len({row.id for row in rows}) != len(rows):
        yield f"{len(rows)} rows, or two with one id"
    for title, _ in sections:
        if len(title) > SECTION_TITLE or (len(sections) > 1 and not title.strip()):
            yield f"section title {title!r}"
    for row in rows:
        yield from _text_faults("row title", row.title, ROW_TITLE)
        yield from _text_faults("row id", row.id, ROW_ID)
        if len(row.description) > ROW_ABOUT:
            yield f"row description {row.description!r}"
