"""Values of a webhook, whatever their type: numbers may be texts, lists may be objects."""

from datetime import UTC, datetime
from typing import Any

Node = dict[str, Any]
_DIGITS = 20


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
