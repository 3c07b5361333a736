"""Values of a webhook, whatever their type: numbers may be texts, lists may be objects."""

import json
import math
from datetime import UTC, datetime
from typing import Any

import msgspec

Node = dict[str, Any]
_DIGITS = 20


class NotJson(ValueError):
    """The body is not JSON at all."""


def decoded(body: bytes) -> Any:
    """JSON, mended where one bad value would take a whole batch down: numbers out of all range become
    texts, halves of an emoji cut in two and bytes that are not UTF-8 a replacement character.

    Raises `NotJson`, and RecursionError where it is nested too deep.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _mended(_decoded_as_it_is(body))


def _decoded_as_it_is(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode("utf-8", "replace"),
            strict=False,
            parse_int=lambda digits: int(digits) if len(digits) < _DIGITS else digits,
            parse_float=lambda digits: number if math.isfinite(number := float(digits)) else digits,
            parse_constant=str,
        )
    except ValueError as fault:
        raise NotJson(str(fault)) from fault


def _mended(found: Any) -> Any:
    if isinstance(found, str):
        return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(found, list):
        return [_mended(item) for item in found]
    return {_mended(k): _mended(v) for k, v in found.items()} if isinstance(found, dict) else found


def dicts(found: Any) -> list[Node]:
    """A list's objects; an object alone counts as a list of one."""
    if isinstance(found, dict):
        return [found] if found else []
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def node(found: Any) -> Node:
    return found if isinstance(found, dict) else {}


def text(found: Any) -> str:
    """Empty for what is neither text nor a whole number. NUL has no place in a PostgreSQL text."""
    if isinstance(found, str):
        return found.replace("\x00", "")
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**_DIGITS:
        return str(found)
    return ""


def number(found: Any) -> int | None:
    digits = text(found)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < _DIGITS else None


def moment(found: Any) -> datetime | None:
    """Of seconds since 1970."""
    seconds = number(found)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
