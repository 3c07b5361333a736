"""Plain forms of what people write, so that accents, case and punctuation never matter."""

import re
import unicodedata

_MARKS = re.compile(r"[^\w@.+:/ñ-]+")
_EDGES = re.compile(r"(?<!\w)[.:/+-]+|[.:/+-]+(?!\w)")


def plain(text: str) -> str:
    """Lower case, no accents, no emoji, single spaces: "¿Cuánto CUESTA?" -> "cuanto cuesta"."""
    # Styled letters ("𝐇𝐨𝐥𝐚") have no case until they are made plain.
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(_EDGES.sub(" ", _MARKS.sub(" ", kept)).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where that keeps at least half, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rstrip()
    word = cut.rfind(" ")
    return (cut[:word] if word >= limit // 2 else cut).rstrip(" ,.;:(") + "…"
