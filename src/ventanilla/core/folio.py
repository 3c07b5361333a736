"""A folio as people type it, from a paper or by heart."""

import re

from ventanilla.core.text import plain

_WORDS = re.compile(r"[^a-z0-9]+")
_LOOKALIKES = str.maketrans("018", "oib")
"""No folio has these figures, so each can only be the letter it looks like."""
_NAMED = re.compile(r"(?:^| )pa ([a-z2-7]{3}) ?([a-z2-7]{4})(?: |$)")
_GLUED = re.compile(r"pa([a-z2-7]{3})([a-z2-7]{4})")
_BARE = re.compile(r"([a-z2-7]{3}) ?([a-z2-7]{4})")


def read_folio(text: str) -> str | None:
    """`PA-XXX-XXXX`: anywhere if it begins with PA apart; else as the whole text, in any case and spacing."""
    said = _WORDS.sub(" ", plain(text)).strip()
    letters = said.translate(_LOOKALIKES)
    found = _NAMED.search(letters) or _GLUED.fullmatch(letters.replace(" ", ""))
    if found is None and any(c.isdigit() for c in said):  # without PA and figures "que hago" would be one
        found = _BARE.fullmatch(letters)
    return f"PA-{found[1]}-{found[2]}".upper() if found else None
