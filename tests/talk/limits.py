"""What WhatsApp accepts of one message, and what would only look careless."""

from collections.abc import Iterator

from ventanilla.words import limits
from ventanilla.words.compose import Message

TEXT, BODY, OPENER = 4096, 1024, 20
BUTTON_TITLE, ROW_TITLE, ROW_ABOUT, SECTION_TITLE = 20, 24, 72, 24


def faults_of(message: Message) -> Iterator[str]:
    yield from limits.faults_of(message)
    yield from (f"untidy: {s!r}" for s in ("\n\n\n", "  ", " \n", " .", " ,", "..") if s in message.body)
