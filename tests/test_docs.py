"""What the documents name exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHANNEL = (ROOT / "docs" / "channel.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in CHANNEL.splitlines()
    if line.startswith("| ") and not line.startswith("| Rule")
]
PREFIXES = {"emulator/": "src/whatsapp_emulator/", "tests/": "tests/"}


def missing_files(cell: str) -> list[str]:
    """Of the paths in backquotes of one cell, those that are not there."""
    paths = [p for p in re.findall(r"`([\w./]+/[\w./]+)`", cell) if "::" not in p]
    full = [
        next((full + p.removeprefix(s) for s, full in PREFIXES.items() if p.startswith(s)), None)
        for p in paths
    ]
    return [p for p, f in zip(paths, full, strict=True) if not (ROOT / (f or f"src/ventanilla/{p}")).exists()]


def missing_tests(cell: str) -> list[str]:
    """Of the tests named in one cell, those that are not there."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", cell)
    return [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists()
        or not re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_rule_says_where_it_is_kept_and_names_a_test_that_is_there(row: list[str]) -> None:
    rule, limit, where, test = row
    assert rule
    assert limit
    assert "`" in where
    assert missing_files(where) == []
    assert "::" in test
    assert missing_tests(test) == []


def test_a_file_or_test_that_is_not_there_is_seen() -> None:
    assert missing_files("`words/limits.py`, `emulator/nothing.py`") == ["emulator/nothing.py"]
    assert missing_tests("`tests/test_docs.py::test_nothing`") == ["tests/test_docs.py::test_nothing"]
    assert missing_tests("`tests/test_docs.py::test_a_file_or_test_that_is_not_there_is_seen`") == []


def test_no_rule_is_listed_twice() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) > 60
