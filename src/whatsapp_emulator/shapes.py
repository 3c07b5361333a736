"""A small vocabulary to say what JSON may look like; every check yields the faults it finds."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from whatsapp_emulator.faults import Fault

Check = Callable[[object, str], Iterator[Fault]]
UNKNOWN, MISSING, INVALID = 100, 131008, 131009


def text(longest: int, *, trimmed: bool = False, empty: bool = False, like: str | None = None) -> Check:
    """A string of 1 to `longest` characters (code points); `trimmed` refuses spaces at either end."""
    pattern = re.compile(like) if like else None

    def check(value: object, path: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(UNKNOWN, f"Param {path} must be a string.")
        elif not value.strip() and not empty:
            yield Fault(MISSING, f"Param {path} must not be empty.")
        elif len(value) > longest:
            yield Fault(UNKNOWN, f"Param {path} must be at most {longest} characters long.")
        elif trimmed and value != value.strip():
            yield Fault(INVALID, f"Param {path} must not begin or end with a space.")
        elif pattern and not pattern.fullmatch(value):
            yield Fault(INVALID, f"Param {path} does not have a valid format.")

    return check


def web_address(longest: int = 2000) -> Check:
    return text(longest, like=r"https?://[^\s/]+\S*")


def flag(value: object, path: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(UNKNOWN, f"Param {path} must be a boolean.")


def integer(value: object, path: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int):
        yield Fault(UNKNOWN, f"Param {path} must be an integer.")


def degrees(most: float) -> Check:
    """Decimal degrees from -most to most, as a number or as a string (Meta's examples have both)."""

    def check(value: object, path: str) -> Iterator[Fault]:
        try:
            fits = not isinstance(value, bool) and -most <= float(value) <= most  # type: ignore[arg-type]
        except (TypeError, ValueError):
            fits = False
        if not fits:
            yield Fault(INVALID, f"Param {path} must be decimal degrees from -{most:g} to {most:g}.")

    return check


def one_of(*allowed: str) -> Check:
    def check(value: object, path: str) -> Iterator[Fault]:
        if value not in allowed:
            yield Fault(INVALID, f"Param {path} must be one of {{{', '.join(allowed)}}} - got {value!r}.")

    return check


def obj(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these keys and no other."""
    known = {**required, **(optional or {})}

    def check(value: object, path: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(UNKNOWN, f"Param {path} must be a JSON object.")
            return
        for key in required:
            if key not in value:
                yield Fault(MISSING, f"The parameter {inside(path, key)} is required.")
        for key, item in value.items():
            if key in known:
                yield from known[key](item, inside(path, key))
            else:
                yield Fault(UNKNOWN, f'Unexpected key "{key}" on param "{path}".')

    return check


def many(item: Check, least: int, most: int) -> Check:
    def check(value: object, path: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(UNKNOWN, f"Param {path} must be an array.")
        elif not least <= len(value) <= most:
            yield Fault(INVALID, f"Param {path} must have {least} to {most} items - got {len(value)}.")
        else:
            for n, one in enumerate(value):
                yield from item(one, f"{path}[{n}]")

    return check


def by(key: str, table: Mapping[str, Check]) -> Check:
    """An object whose `key` says which of the checks holds."""

    def check(value: object, path: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(UNKNOWN, f"Param {path} must be a JSON object.")
        elif key not in value:
            yield Fault(MISSING, f"The parameter {inside(path, key)} is required.")
        elif not isinstance(value[key], str) or value[key] not in table:
            yield from one_of(*table)(value[key], inside(path, key))
        else:
            yield from table[value[key]](value, path)

    return check


def anything(value: object, path: str) -> Iterator[Fault]:
    """No rule: the place is checked by whoever encloses it."""
    yield from ()


def both(first: Check, then: Callable[[Any, str], Iterator[Fault]]) -> Check:
    """`then` may rely on the shape: it runs only when `first` finds nothing."""

    def check(value: object, path: str) -> Iterator[Fault]:
        found = list(first(value, path))
        yield from found or then(value, path)

    return check


def all_different(values: Iterable[str], path: str, what: str) -> Iterator[Fault]:
    listed = list(values)
    if len(set(listed)) < len(listed):
        yield Fault(INVALID, f"{what} of {path} must be unique.")


def inside(path: str, key: str) -> str:
    return f"{path}['{key}']" if path else key
