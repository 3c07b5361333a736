"""Files are read whole or not at all, and every bad cell is named by line and column."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.places_read import shipped, towns, zones

from ventanilla.core.hours import USUAL
from ventanilla.core.reading import (
    OFFICE_COLUMNS,
    OfficeRow,
    read_offices,
    write_offices,
)
from ventanilla.core.tables import BadTable, Fault

Row = dict[str, str]
GOOD: Row = {
    "office_id": "14-90",
    "name": "Oficina de Enlace de Muestra",
    "type": "oficina_enlace",
    "state_code": "14",
    "state": "Jalisco",
    "municipality_code": "039",
    "municipality": "Guadalajara",
    "address": 'Calle "Uno" 1, Centro',
    "postal_code": "44100",
    "phone": "+52 33 0000 0000",
    "latitude": "20.67",
    "longitude": "-103.35",
    "hours": "Lun-Vie 08:00-15:00",
    "hours_basis": "reported",
    "procedures": "first renewal lost",
    "capacity": "3",
    "capacity_basis": "assumed",
    "local_fee_mxn": "350",
    "local_fee_basis": "reported 2026",
    "status": "open",
    "status_note": "",
    "reliability": "",
    "source": "",
}


def _file(*rows: Row) -> str:
    return write_offices([[row[c] for c in OFFICE_COLUMNS] for row in rows])


def _read(text: str) -> tuple[OfficeRow, ...]:
    return read_offices(text, towns(), zones())


def _faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(BadTable) as caught:
        _read(text)
    return caught.value.faults


def test_a_good_office_is_read() -> None:
    (row,) = _read(_file(GOOD))
    office = row.office
    assert (office.lat, office.lon, office.local_fee_mxn, office.capacity) == (20.67, -103.35, 350, 3)
    assert office.procedures == {"first", "renewal", "lost"}
    assert (office.open, office.hours_assumed, office.capacity_assumed) == (True, False, True)


def test_without_coordinates_the_main_town_stands_in() -> None:
    office = _read(_file(GOOD | {"latitude": "", "longitude": ""}))[0].office
    assert (office.latitude, office.longitude) == (None, None)
    assert (office.lat, office.lon) == (towns()["14", "039"].lat, towns()["14", "039"].lon)


def test_without_hours_the_usual_ones_are_assumed() -> None:
    office = _read(_file(GOOD | {"hours": "", "hours_basis": ""}))[0].office
    assert (office.hours, office.hours_assumed) == (USUAL, True)


def test_an_empty_fee_is_unknown_and_not_free() -> None:
    assert _read(_file(GOOD | {"local_fee_mxn": ""}))[0].office.local_fee_mxn is None
    assert _read(_file(GOOD | {"local_fee_mxn": "0"}))[0].office.local_fee_mxn == 0


def test_an_office_that_is_not_open_may_lack_its_municipality() -> None:
    row = GOOD | {"status": "announced", "municipality_code": "", "municipality": ""}
    assert not _read(_file(row))[0].office.open


def test_the_everyday_name_of_a_state_is_as_good_as_the_official_one() -> None:
    place = {"state_code": "15", "municipality_code": "106", "municipality": "Toluca"}
    for state in ("México", "Estado de México", "estado de mexico"):
        assert _read(_file(GOOD | place | {"state": state}))[0].office.zone == "America/Mexico_City"


BAD_CELLS = [
    ("office_id", "", "empty"),
    ("name", "", "empty"),
    ("name", "=HYPERLINK(1)", "formula"),
    ("name", "+cmd", "formula"),
    ("name", "-cmd", "formula"),
    ("name", "@SUM(1)", "formula"),
    ("name", "  =1+1", "formula"),
    ("name", "x" * 2001, "longer than 2000"),
    ("address", "Calle\nUno", "line break"),
    ("address", "Calle\x00Uno", "control character"),
    ("phone", "+52 33 cmd|x", "formula"),
    ("type", "consulado", "none of oficina_pasaportes, oficina_enlace"),
    ("type", "", "empty"),
    ("state_code", "33", "not a state"),
    ("state_code", "", "empty"),
    ("state", "Sonora", "14 is Jalisco"),
    ("municipality_code", "999", "not a municipality of state 14"),
    ("municipality_code", "", "needs its municipality"),
    ("municipality", "Zapopan", "039 of Jalisco is Guadalajara"),
    ("latitude", "north", "not a number from 10 to 35"),
    ("latitude", "-20.67", "not a number from 10 to 35"),
    ("latitude", "1e1", "not a number"),
    ("latitude", "", "although there is a longitude"),
    ("longitude", "", "although there is a latitude"),
    ("longitude", "103.35", "not a number from -120 to -80"),
    ("longitude", "nan", "not a number"),
    ("hours", "24 horas", "write days and hours like"),
    ("hours", "Lun-Vie 15:00-08:00", "open before it closes"),
    ("hours_basis", "guessed", "none of assumed, reported"),
    ("procedures", "", "empty"),
    ("procedures", "first visa", "'visa' is none of first, renewal, lost"),
    ("capacity", "", "empty"),
    ("capacity", "0", "whole number from 1 to 500"),
    ("capacity", "501", "whole number from 1 to 500"),
    ("capacity", "3.5", "not a whole number"),
    ("capacity", "tres", "not a whole number"),
    ("capacity", "²", "not a whole number"),
    ("capacity", "9" * 5000, "longer than 2000"),
    ("capacity_basis", "", "empty"),
    ("local_fee_mxn", "-1", "not a whole number"),
    ("local_fee_mxn", "$350", "not a whole number"),
    ("status", "abierta", "none of open"),
]


@pytest.mark.parametrize(("column", "cell", "reason"), BAD_CELLS)
def test_a_bad_cell_is_named_by_line_and_column(column: str, cell: str, reason: str) -> None:
    text = _file(GOOD, GOOD | {"office_id": "14-91", column: cell}, GOOD | {"office_id": "14-92"})
    faults = [fault for fault in _faults(text) if fault.column == column]
    assert any(reason in fault.reason for fault in faults), faults
    assert {fault.line for fault in _faults(text)} == {3}


@given(st.lists(st.sampled_from(BAD_CELLS), max_size=6), st.data())
def test_all_bad_cells_of_a_file_are_reported_at_once(
    spoilt: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    rows = [GOOD | {"office_id": f"14-{n}"} for n in range(10, 16)]
    placed: set[tuple[int, str]] = set()
    for column, cell, _ in spoilt:
        n = data.draw(st.integers(0, 5))
        if (n, column) not in placed and not {c for m, c in placed if m == n}:
            rows[n][column] = cell
            placed.add((n, column))
    text = _file(*rows)
    if not placed:
        assert len(_read(text)) == 6
        return
    # A cell with a line break moves the lines below it.
    moved = [sum("\n" in cell for row in rows[:n] for cell in row.values()) for n in range(6)]
    assert {(n + 2 + moved[n], column) for n, column in placed} <= {(f.line, f.column) for f in _faults(text)}


def test_two_offices_with_one_id_are_told_apart_by_line() -> None:
    assert _faults(_file(GOOD, GOOD)) == (Fault(3, "office_id", "line 2 has the same one"),)


@pytest.mark.parametrize("column", OFFICE_COLUMNS)
def test_a_missing_column_is_named(column: str) -> None:
    table = list(csv.DictReader(io.StringIO(_file(GOOD))))
    kept = [c for c in OFFICE_COLUMNS if c != column]
    text = ",".join(kept) + "\n" + ",".join('"' + table[0][c].replace('"', '""') + '"' for c in kept)
    assert _faults(text) == (Fault(1, column, "this column is missing"),)


def test_unknown_and_repeated_columns_are_named() -> None:
    header, _, rest = _file(GOOD).partition("\n")
    assert Fault(1, "colour", "this column is not known") in _faults(f"{header},colour\n{rest}")
    assert _faults(f"{header},name\n{rest}") == (Fault(1, "name", "this column stands there twice"),)


def test_columns_may_stand_in_any_order_and_behind_a_byte_order_mark() -> None:
    columns = list(reversed(OFFICE_COLUMNS))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerow(GOOD)
    assert _read("\ufeff" + out.getvalue()) == _read(_file(GOOD))


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "the file is empty"), ("\n\n", "the file is empty"), (_file(), "the file has no offices")],
)
def test_an_empty_file_is_refused(text: str, reason: str) -> None:
    assert [f.reason for f in _faults(text)] == [reason]


def test_a_row_of_another_length_is_named_and_the_others_are_still_checked() -> None:
    text = (
        _file(GOOD)
        + "14-91,two cells\n"
        + _file(GOOD | {"office_id": "14-92", "capacity": "0"}).split("\n")[1]
    )
    assert [(f.line, f.column) for f in _faults(text)] == [(3, "-"), (4, "capacity")]


def test_what_is_not_csv_is_a_fault_and_not_a_crash() -> None:
    assert "cannot be read as CSV" in _faults(_file(GOOD) + '"14-91,never closed')[0].reason
    assert "cannot be read as CSV" in _faults(_file(GOOD) + "x" * 200_000)[0].reason


def test_blank_lines_and_spaces_around_cells_do_not_matter() -> None:
    text = _file(GOOD).replace("14-90,", " 14-90 ,") + "\n \n,,\n".replace(
        ",,", "," * (len(OFFICE_COLUMNS) - 1)
    )
    assert _read(text) == _read(_file(GOOD))


def test_the_whole_complaint_can_be_read_by_a_person() -> None:
    with pytest.raises(BadTable, match=r"^line 2, column capacity: '0' is not a whole number from 1 to 500$"):
        _read(_file(GOOD | {"capacity": "0"}))


def test_exported_offices_are_imported_unchanged() -> None:
    rows = _read(shipped("offices.csv"))
    text = write_offices([row.cells for row in rows])
    assert text == shipped("offices.csv")
    assert _read(text) == rows


_PLAIN = st.text(st.characters(exclude_categories=("C", "Z")), max_size=30).filter(
    lambda s: not s.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
)


@given(_PLAIN, _PLAIN.filter(bool), st.integers(1, 500))
def test_any_office_survives_export_and_import(note: str, name: str, capacity: int) -> None:
    rows = _read(_file(GOOD | {"status_note": note, "name": name, "capacity": str(capacity)}))
    assert _read(write_offices([row.cells for row in rows])) == rows
    assert rows[0].office.note == note


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(BadTable):
        _read(text)
