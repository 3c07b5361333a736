"""On a machine where something is missing, set-up says what to install."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent / "tools"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment whose PATH holds only what every system has: no Python, no browser, no apt."""
    for name in ("id", "uname", "rm", "sh"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    return {"PATH": str(tmp_path), "HOME": str(tmp_path)}


def program(env: dict[str, str], name: str, *lines: str) -> None:
    path = Path(env["PATH"]) / name
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


def run(env: dict[str, str], name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["/bin/sh", str(TOOLS / name), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_without_python_one_sentence_says_what_to_install(bare: dict[str, str], tmp_path: Path) -> None:
    done = run(bare, "install.sh", str(tmp_path / "venv"))
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed.")
    assert not (tmp_path / "venv").exists()


def test_a_python_that_makes_no_environments_is_named_with_its_package(
    bare: dict[str, str], tmp_path: Path
) -> None:
    answers = ("*ensurepip*) exit 1;;", "*print*) echo python3.11-venv;;")
    python = f'case "$2" in {" ".join(answers)} esac'
    program(bare, "python3.11", python)
    done = run(bare, "install.sh", str(tmp_path / "venv"))
    assert done.returncode == 1
    assert "sudo apt install python3.11-venv" in done.stderr


def test_a_browser_that_is_there_is_used(bare: dict[str, str]) -> None:
    program(bare, "chromium-browser")
    done = run(bare, "browser.sh")
    assert done.stdout.strip() == f"{bare['PATH']}/chromium-browser"


def test_a_browser_of_ones_own_goes_first(bare: dict[str, str]) -> None:
    program(bare, "chromium")
    program(bare, "mine")
    done = run({**bare, "CHROMIUM": f"{bare['PATH']}/mine"}, "browser.sh")
    assert done.stdout.strip() == f"{bare['PATH']}/mine"


def test_without_a_browser_one_sentence_says_what_to_install(bare: dict[str, str]) -> None:
    done = run(bare, "browser.sh")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Install one (" in done.stderr


def test_without_what_it_needs_the_fuzzer_says_where_it_runs(tmp_path: Path) -> None:
    (tmp_path / "atheris.py").write_text("raise ImportError\n")
    env = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, str(TOOLS / "fuzz_parse.py")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("make fuzz needs atheris, whose wheels are for Python 3.11 on Linux only.")


def test_what_the_fuzzer_needs_is_pinned_with_hashes() -> None:
    text = (TOOLS.parent / "requirements" / "fuzz.txt").read_text("utf-8")
    pinned = re.findall(r"^[\w.-]+==\S+ .*\\$", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE)) == 1
    assert "--hash=sha256:" in text
    assert "://" not in text
