"""One line for each thing worth knowing, to standard error: ids, never people.

Code logs ids. The mask is the last guard, for what a library or a traceback lets slip.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

_CURP = re.compile(r"\b[A-ZÑ]{4}[0-9]{6}[A-Z]{6}[A-Z0-9][0-9]\b", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Meta's message ids hold the number in base64.
_WAMID = re.compile(r"wamid\.[\w+/=-]+")
# Ten digits or more, also in groups; not a date, nor digits glued to letters or with decimals.
_PHONE = re.compile(r"(?<![\w.-])(?!\d{4}-\d\d-\d\d)\+?\(?\d(?:[ ()-]{0,2}\d){9,14}(?!\w|\.\d)")
_MASKS = ((_CURP, "[CURP]"), (_EMAIL, "[email]"), (_WAMID, "[wamid]"), (_PHONE, "[phone]"))
_OWN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def masked(text: str) -> str:
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


class _Line(logging.Formatter):
    """`extra={...}` becomes fields beside the message."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        message = masked(record.getMessage())
        fields = {
            name: value if isinstance(value, int | float) else masked(str(value))
            for name, value in vars(record).items()
            if name not in _OWN_FIELDS
        }
        if record.exc_info:
            fields["traceback"] = masked(self.formatException(record.exc_info))
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        if self._as_json:
            head = {"at": at, "level": record.levelname, "logger": record.name, "message": message}
            return json.dumps(head | fields, ensure_ascii=False)
        trace = fields.pop("traceback", "")
        said = " ".join([message, *(f"{name}={value}" for name, value in fields.items())])
        return f"{at[11:19]} {record.levelname:<7} {said}" + (f"\n{trace}" if trace else "")


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Once, at the start. JSON unless a person is watching a terminal."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Line(as_json=not stream.isatty()))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # It logs every schedule it looks at.
    logging.getLogger("pgqueuer").setLevel(logging.WARNING)
