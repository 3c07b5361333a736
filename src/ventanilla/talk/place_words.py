"""How people write places: one plain form for names and messages, shorter names, words to pass over."""

import re
from collections.abc import Iterator, Sequence

from ventanilla.core.text import plain

_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_POSTAL = re.compile(r"\b(?:c\.?\s?p\.?\s*)?\d{5}\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_WHOLE = {
    "cd": "ciudad",
    "cdad": "ciudad",
    "dr": "doctor",
    "edo": "estado",
    "fco": "francisco",
    "gpe": "guadalupe",
    "gral": "general",
    "gtz": "gutierrez",
    "ma": "maria",
    "mpio": "municipio",
    "nva": "nueva",
    "nvo": "nuevo",
    "pto": "puerto",
    "sn": "san",
    "sta": "santa",
    "sto": "santo",
}
_LEADING = (
    "hola buenos buenas buen dia dias tarde tardes noche noches yo nosotros pues ahorita actualmente "
    "aqui aca vivo vivimos vive viven soy somos estoy estamos radico resido municipio mi es de del en "
    "la el los las cerca por alcaldia delegacion ciudad estado "
    "i m am live from in near my city town is the of we are"
)
_TRAILING = "por favor porfa gracias centro capital ciudad city mexico mx please thanks"
_HALF_NAMES = "boca ciudad doctor general heroica jesus nueva nuevo puerto rincon san santa santo valle villa"
_BEFORE, _AFTER = frozenset(_LEADING.split()), frozenset(_TRAILING.split())
VAGUE = _BEFORE | _AFTER
_JOINTS = frozenset(("de", "del", "en", "estado", "y"))
_TITLES = ("tres veces heroica", "heroica", "ciudad de", "ciudad", "villa de", "villa")
_BARE = frozenset(_HALF_NAMES.split())
_ARTICLES = ("el ", "la ", "los ", "las ")
_SHORTEST = 4


def spoken(text: str) -> str:
    """Plain words only: "Cd. Juárez, Chih. C.P. 32600" -> "ciudad juarez chih"."""
    words = _WORD.findall(plain(_INITIALS.sub("", _POSTAL.sub(" ", text))))
    return " ".join(_WHOLE.get(word, word) for word in words)


def shorter(name: str) -> frozenset[str]:
    """What people leave of a long name: "tlajomulco de zuniga" -> "tlajomulco", "el salto" -> "salto"."""
    forms = {name, untitled(name)}
    found = {re.split(r" del? ", form, maxsplit=1)[0] for form in forms}
    found |= {form.split(maxsplit=1)[1] for form in forms if form.startswith(_ARTICLES)}
    return frozenset(f for f in found | forms if f != name and f not in _BARE and len(f) >= _SHORTEST)


def untitled(name: str) -> str:
    """ "heroica ciudad de juchitan" -> "juchitan"."""
    for title in _TITLES:
        if name.startswith(f"{title} "):
            name = name.removeprefix(f"{title} ").removeprefix("de ")
    return name


def trimmed(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words, then ever fewer of them: without what leads to a place, without what follows it."""
    last = len(words)
    while last:
        first = 0
        while first < last:
            yield tuple(words[first:last])
            if words[first] not in _BEFORE:
                break
            first += 1
        if words[last - 1] not in _AFTER:
            return
        last -= 1


def splits(words: Sequence[str], longest: int) -> Iterator[tuple[str, str]]:
    """(place, possible state) with the state after or before the place, shorter states first:
    "San Juan del Estado, Oaxaca" is no place in the "Estado Oaxaca"."""
    for size in range(1, min(longest, len(words) - 1) + 1):
        place, state = list(words[:-size]), " ".join(words[-size:])
        yield " ".join(place), state
        if place[-1] in _JOINTS:
            while place and place[-1] in _JOINTS:
                place.pop()
            yield " ".join(place), state
        yield " ".join(words[size:]), " ".join(words[:size])
