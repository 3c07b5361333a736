"""The shape of the house: who may import whom, what the pure parts touch, and how long things may be.

Each check is a function from text to faults, so that a bad example shows that it sees something.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
OURS = SRC / "ventanilla"
FILES = sorted(SRC.rglob("*.py"))
FUNCTION_LINES, FILE_LINES = 50, 300

ARROWS = {
    "core": {"core"},
    "talk": {"core", "talk"},
    "words": {"core", "talk", "words"},
    "papers": {"core", "words", "papers"},
    "db": {"core", "talk", "db"},
    "lab": {"core", "lab"},
    "acts": {"core", "talk", "words", "papers", "db", "metrics", "acts"},
    "wire": {"core", "talk", "words", "wire"},
    "metrics": {"metrics"},
    "web": {"acts", "wire", "words", "db", "core", "talk", "papers", "metrics", "web"},
    "data": {"data"},
}
# The parts put together: they may know everything.
ON_TOP = {"config", "setting", "settings", "samples", "log", "embedded", "embedded_user", "jobs", "program"}
ON_TOP |= {"command", *(path.stem for path in OURS.glob("cli*.py"))}
ON_TOP |= {"demonstration", "terminal", "__main__", "__init__"}
DATA_MAY_BE_READ_BY = {"core", "talk", "words", "papers", "db", "acts", "wire", "web"}

PURE = ("core", "talk")
IMPURE_MODULES = {
    *("asyncio", "logging", "os", "pathlib", "random", "secrets", "socket", "subprocess", "sys"),
    *("tempfile", "threading", "time", "uuid", "aiohttp", "asyncpg", "prometheus_client"),
}
IMPURE_CALLS = {"open", "print", "input", "now", "utcnow", "today"}
BUNDLED = (".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".whl", ".so", ".dylib", ".exe", ".jar")
NOT_OURS = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
    "var",
}


def part_of(path: Path) -> str:
    """`core` for ventanilla/core/curp.py, `cli` for ventanilla/cli.py."""
    return path.relative_to(OURS).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Absolute names of modules, those only for types left out."""
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows_turned_back(part: str, text: str) -> list[str]:
    allowed = ARROWS.get(part)
    if allowed is None:
        return []
    allowed = allowed | ({"data"} if part in DATA_MAY_BE_READ_BY else set())
    names = [name.split(".") for name in imports(ast.parse(text))]
    targets = [name[1] for name in names if name[0] == "ventanilla" and len(name) > 1]
    return [f"{part} imports {target}" for target in targets if target not in allowed]


def impurities(text: str) -> list[str]:
    tree = ast.parse(text)
    found = [name for name in imports(tree) if name.split(".")[0] in IMPURE_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in IMPURE_CALLS:
                found.append(f"{name}() in line {node.lineno}")
    return found


def too_long(text: str) -> list[str]:
    lines = text.count("\n")
    found = [f"{lines} lines"] if lines > FILE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{node.name}: {length} lines")
    return found


def prints(text: str) -> list[int]:
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


def message_keys(text: str) -> set[str]:
    """Messages and terms of Fluent, with their attributes."""
    keys, current = set(), ""
    for line in text.splitlines():
        if found := re.match(r"(-?[a-z][\w-]*)\s*=", line):
            current = found[1]
            keys.add(current)
        elif found := re.match(r"\s+\.([\w-]+)\s*=", line):
            keys.add(f"{current}.{found[1]}")
    return keys


def badly_named(names: list[str]) -> list[str]:
    return [name for name in names if not re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", name)]


def registry_addresses(text: str) -> list[str]:
    return re.findall(r"(?:--(?:extra-)?index-url|--find-links|file:/|https?:)\S*", text)


@pytest.mark.parametrize("path", sorted(OURS.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_arrows_never_turn_back(path: Path) -> None:
    assert part_of(path) in ARROWS | dict.fromkeys(ON_TOP), "a new part needs its arrows in this test"
    assert arrows_turned_back(part_of(path), path.read_text("utf-8")) == []


def test_an_arrow_that_turns_back_is_seen() -> None:
    assert arrows_turned_back("core", "from ventanilla.db import booking") == ["core imports db"]
    assert arrows_turned_back("db", "import ventanilla.acts.turn") == ["db imports acts"]
    assert arrows_turned_back("talk", "from ventanilla import words") == ["talk imports words"]
    assert arrows_turned_back("acts", "from ventanilla.db import booking") == []


@pytest.mark.parametrize(
    "path",
    [path for part in PURE for path in sorted((OURS / part).rglob("*.py"))],
    ids=lambda p: str(p.relative_to(OURS)),
)
def test_rules_and_talk_touch_no_clock_no_chance_and_nothing_outside(path: Path) -> None:
    assert impurities(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "import random",
        "from os import environ",
        "import logging",
        "from pathlib import Path",
        "import time",
        "open('x')",
        "datetime.now(UTC)",
        "date.today()",
    ],
)
def test_what_is_not_pure_is_seen(text: str) -> None:
    assert impurities(text)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_functions_and_files_stay_short(path: Path) -> None:
    assert too_long(path.read_text("utf-8")) == []


def test_what_is_too_long_is_seen() -> None:
    assert too_long("def f():\n" + "    x = 1\n" * FUNCTION_LINES) == ["f: 51 lines"]
    assert too_long("x = 1\n" * (FILE_LINES + 1)) == ["301 lines"]


def test_nobody_prints_but_the_command() -> None:
    quiet = [path for path in FILES if path.name not in ("cli.py", "terminal.py")]
    assert [path.name for path in quiet if prints(path.read_text("utf-8"))] == []
    assert prints("print('x')\nlog.print('y')") == [1]


def test_the_emulator_knows_nothing_of_the_program() -> None:
    for path in (SRC / "whatsapp_emulator").rglob("*.py"):
        assert not [n for n in imports(ast.parse(path.read_text("utf-8"))) if n.startswith("ventanilla")]
    assert list(imports(ast.parse("from ventanilla.core import curp"))) == ["ventanilla.core.curp"]


def test_every_language_says_the_same_things() -> None:
    names = sorted(path.name for path in (OURS / "words" / "es").glob("*.ftl"))
    assert names
    assert sorted(path.name for path in (OURS / "words" / "en").glob("*.ftl")) == names
    for name in names:
        spanish, english = ((OURS / "words" / code / name).read_text("utf-8") for code in ("es", "en"))
        assert message_keys(spanish) ^ message_keys(english) == set(), name


def test_a_message_that_one_language_lacks_is_seen() -> None:
    assert message_keys("ask-day = ¿Qué día?\n    .again = Otra vez\n# no = x\n") == {
        "ask-day",
        "ask-day.again",
    }


def test_decisions_are_named_by_number_and_title() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").iterdir())
    assert badly_named(names) == []
    assert len({name[:4] for name in names}) == len(names)
    assert badly_named(["1-x.md", "0001_x.md", "0001-x.md"]) == ["1-x.md", "0001_x.md"]


def test_nothing_is_bundled() -> None:
    paths = (path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts))
    assert [path.name for path in paths if path.name.endswith(BUNDLED)] == []


def test_requirements_are_pinned_with_hashes_and_name_no_address() -> None:
    for name in ("build.txt", "base.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text("utf-8")
        assert registry_addresses(text) == []
        pinned = re.findall(r"^([\w.-]+)(\S*)(.*)", text, re.MULTILINE)
        assert pinned
        assert all(version.startswith("==") and rest == " \\" for _, version, rest in pinned)
    assert registry_addresses("--index-url https://somewhere/simple") == [
        "--index-url",
        "https://somewhere/simple",
    ]


def test_what_runs_is_a_part_of_what_is_tested() -> None:
    build, base, dev = (
        set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / name).read_text("utf-8"), re.MULTILINE))
        for name in ("build.txt", "base.txt", "dev.txt")
    )
    assert build | base <= dev
