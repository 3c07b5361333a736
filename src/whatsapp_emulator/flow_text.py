"""Flow JSON as text: its value, and where in the text each part of it stands. Pure."""

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NamedTuple

BYTES_MAX = 10 * 1024 * 1024
BLANK = re.compile(r"[ \t\r\n]*")
SCALAR = re.compile(r"[^\s,\]}]+")
Path = tuple[str | int, ...]


class Wrong(NamedTuple):
    """One thing wrong: a code, where, and a sentence. The names of the codes are ours."""

    error: str
    path: Path
    message: str


class Source:
    """A text that is JSON. Raises ValueError when it is not."""

    def __init__(self, data: bytes) -> None:
        if len(data) > BYTES_MAX:
            raise ValueError(f"the file has {len(data)} bytes, {BYTES_MAX} are allowed")
        self._text = data.decode()
        try:
            self.value: Any = json.loads(self._text)
            self._spans: dict[Path, tuple[int, int]] = {}
            self._walk((), self._skip(0))
        except RecursionError as problem:
            raise ValueError("it is nested too deep") from problem
        self._lines = [0, *(found.end() for found in re.finditer("\n", self._text))]

    def error(self, wrong: Wrong) -> dict[str, Any]:
        """As Meta tells it; lines and columns count from 1, the last column is included."""
        path = wrong.path
        while path not in self._spans:
            path = path[:-1]
        start, end = self._spans[path]
        place = {
            "line_start": self._line(start),
            "line_end": self._line(end - 1),
            "column_start": self._column(start),
            "column_end": self._column(end - 1),
        }
        return {
            "error": wrong.error,
            "error_type": "FLOW_JSON_ERROR",
            "message": wrong.message,
            **place,
            "pointers": [{**place, "path": written(wrong.path)}],
        }

    def _line(self, at: int) -> int:
        return bisect_right(self._lines, at)

    def _column(self, at: int) -> int:
        return at - self._lines[self._line(at) - 1] + 1

    def _skip(self, at: int) -> int:
        found = BLANK.match(self._text, at)
        assert found
        return found.end()

    def _walk(self, path: Path, at: int) -> int:
        """Where the value that begins at `at` ends; json.loads has found the text right before."""
        letter = self._text[at]
        if letter in "{[":
            end = self._inside(path, self._skip(at + 1), letter == "{")
        elif letter == '"':
            end = scanstring(self._text, at + 1)[1]
        else:
            found = SCALAR.match(self._text, at)
            assert found
            end = found.end()
        self._spans[path] = (at, end)
        return end

    def _inside(self, path: Path, at: int, named: bool) -> int:
        n = 0
        while self._text[at] not in "}]":
            key: str | int = n
            if named:
                key, at = scanstring(self._text, at + 1)
                at = self._skip(self._skip(at) + 1)  # the colon
            at = self._skip(self._walk((*path, key), at))
            if self._text[at] == ",":
                at = self._skip(at + 1)
            n += 1
        return at + 1


def not_json(problem: ValueError) -> dict[str, Any]:
    """The one error of a file that cannot be read."""
    line, column = getattr(problem, "lineno", 1), getattr(problem, "colno", 1)
    place = {"line_start": line, "line_end": line, "column_start": column, "column_end": column}
    message = f"The file is not JSON: {problem}"
    return {
        "error": "INVALID_JSON",
        "error_type": "FLOW_JSON_ERROR",
        "message": message,
        **place,
        "pointers": [],
    }


def written(path: Path) -> str:
    """screens[0].layout.children[2].text"""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")
