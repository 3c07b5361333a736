"""CSV text to frozen values, with every fault by line, column and reason. Nothing half read."""

import csv
import io
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ventanilla.core.text import shorten

T = TypeVar("T")
WHOLE = "-"
"""Stands for the column where a fault is one of the whole line or file."""
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"[+-]?[0-9 :().-]+")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,15})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_CELL_MAX, _QUOTED_MAX = 2000, 60


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` counts from 1, the header included; a row of several lines has that of its first."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.reason}"


class BadTable(ValueError):
    """All faults of a file at once, in the order of its lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))
        super().__init__("\n".join(map(str, self.faults)))


class Cells:
    """One row; each read of a cell that does not fit is noted and gives a stand-in."""

    def __init__(
        self, line: int, cells: Mapping[str, str], faults: list[Fault], seen: dict[Hashable, int]
    ) -> None:
        self.line, self._cells, self._faults, self._seen = line, cells, faults, seen

    def wrong(self, column: str, reason: str) -> None:
        self._faults.append(Fault(self.line, column, reason))

    def unique(self, column: str, value: Hashable) -> None:
        """Notes a value that an earlier line has in this column already."""
        first = self._seen.setdefault((column, value), self.line)
        if first != self.line:
            self.wrong(column, f"line {first} has the same one")

    def text(self, column: str, *, required: bool = False) -> str:
        value = self._cells[column]
        if required and not value:
            self.wrong(column, "it is empty")
        return value

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        value = self.text(column, required=True)
        if value and value not in allowed:
            self.wrong(column, f"{_quoted(value)} is none of {', '.join(allowed)}")
        return value

    def integer(self, column: str, low: int, high: int, default: int | None = None) -> int:
        """Empty gives `default` where there is one."""
        value = self.text(column, required=default is None)
        if not value:
            return low if default is None else default
        if not _INTEGER.fullmatch(value) or not low <= int(value) <= high:
            self.wrong(column, f"{_quoted(value)} is not a whole number from {low} to {high}")
            return low
        return int(value)

    def decimal(self, column: str, low: float, high: float) -> float | None:
        value = self.text(column)
        if not value:
            return None
        if not _DECIMAL.fullmatch(value) or not low <= float(value) <= high:
            self.wrong(column, f"{_quoted(value)} is not a number from {low:g} to {high:g}")
            return None
        return float(value)


def read_rows(text: str, columns: Sequence[str], row: Callable[[Cells], T]) -> tuple[T, ...]:
    """Each line as `row` makes it. Raises `BadTable` with all faults; then nothing is given."""
    faults: list[Fault] = []
    lines = _lines(text.removeprefix("\ufeff"), faults)
    _, header = next(lines, (1, []))
    _check_header(header, columns, faults)
    if faults:
        raise BadTable(faults)
    made, seen = [], dict[Hashable, int]()
    for number, cells in lines:
        if len(cells) != len(header):
            faults.append(Fault(number, WHOLE, f"it has {len(cells)} cells instead of {len(header)}"))
            continue
        named = dict(zip(header, cells, strict=True))
        faults += [Fault(number, column, bad) for column, cell in named.items() if (bad := _unsafe(cell))]
        made.append(row(Cells(number, named, faults, seen)))
    if faults:
        raise BadTable(faults)
    return tuple(made)


def _lines(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, trimmed cells) of each line that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            faults.append(Fault(number, WHOLE, f"it cannot be read as CSV: {fault}"))
            return
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]


def _check_header(header: Sequence[str], columns: Sequence[str], faults: list[Fault]) -> None:
    if not header:
        faults.append(Fault(1, WHOLE, "the file is empty"))
        return
    faults += [Fault(1, name, "this column is missing") for name in columns if name not in header]
    faults += [Fault(1, name or WHOLE, "this column is not known") for name in header if name not in columns]
    faults += [Fault(1, name, "this column stands there twice") for name in header if header.count(name) > 1]


def _quoted(value: str) -> str:
    return repr(shorten(value, _QUOTED_MAX))


def _unsafe(cell: str) -> str | None:
    """Why a cell is refused in any column. Numbers, time offsets and telephones may begin with a sign."""
    if cell.startswith(_FORMULAS) and not _HARMLESS.fullmatch(cell):
        return f"it begins with {cell[0]!r}, which spreadsheets run as a formula"
    if _CONTROL.search(cell):
        return "it holds a line break or another control character"
    return f"it is longer than {_CELL_MAX} characters" if len(cell) > _CELL_MAX else None


def write_rows(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
