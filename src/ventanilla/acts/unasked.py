"""What is said to people who did not just write."""

import msgspec

from ventanilla.acts.house import House
from ventanilla.acts.window import seal_call
from ventanilla.db import outbox
from ventanilla.talk.messages import Say
from ventanilla.words import words
from ventanilla.words.compose import compose
from ventanilla.words.limits import hold_to_limits
from ventanilla.words.outgoing import TemplateCall


def unasked(
    house: House, contact_id: int, language: str, said: Say, call: TemplateCall | None = None
) -> outbox.Owed:
    """One message in the chat; `call` says the same once the person has not written for 24 hours, and without
    one it waits until they do. Raises `OverLimit`."""
    (message,) = compose(said, words(language))
    hold_to_limits(message)
    sealed = house.vault.seal("outbox", msgspec.json.encode(message))
    template = seal_call(house.vault, call) if call else None
    return outbox.Owed(contact_id, "message", sealed, language, template)
