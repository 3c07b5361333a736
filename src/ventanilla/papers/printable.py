"""Text that a font can show and a box can hold, whatever was typed."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_ZERO_WIDTH_SPACE = "\u200b"
_LONG_RUN = re.compile(r"\S{24,}")
_AFTER_MARKS = re.compile(r"(?<=[/.,;:?&=@_-])(?=[^/.,;:?&=@_-])")
_RUN = 12
_SYMBOLS = frozenset("–—‘’“”„†•…‹›€™−→←☐☑✓")

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"]


def printable(text: str) -> str:
    """Composed letters, no controls, "?" for what no font of ours shows, long runs made breakable.

    PDF/UA refuses a page with one character that has no glyph: a name must not lose its paper for that.
    """
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return _LONG_RUN.sub(_breakable, shown)


def all_printable(value: Json) -> Json:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: all_printable(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [all_printable(part) for part in value]
    return value


def _shown(letter: str) -> str:
    if " " <= letter <= "~" or ("\u00a0" <= letter <= "\u017f" and letter != "\u00ad") or letter in _SYMBOLS:
        return letter
    category = unicodedata.category(letter)
    if category.startswith("Z") or letter in "\t\n\r":
        return " "
    return "" if category in {"Cc", "Cf"} else "?"


def _breakable(run: re.Match[str]) -> str:
    """Broken after the marks of an address (URL), and every few letters where there are none."""
    parts = (_LONG_RUN.sub(_chopped, part) for part in _AFTER_MARKS.split(run.group()))
    return _ZERO_WIDTH_SPACE.join(parts)


def _chopped(run: re.Match[str]) -> str:
    word = run.group()
    return _ZERO_WIDTH_SPACE.join(word[at : at + _RUN] for at in range(0, len(word), _RUN))
