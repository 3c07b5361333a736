"""One page, nothing from elsewhere, the same bytes each time; and all its words are used."""

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

import ventanilla
from ventanilla.lab.assumptions import Assumptions, assumptions_table
from ventanilla.lab.policies import COMPARED, VARIANTS
from ventanilla.lab.report import report
from ventanilla.lab.study import SCARCITIES, Question, study
from ventanilla.words import LANGUAGES, words

ASKED = Question(people=400, seed=3)
STUDY = study(ASKED)
SOURCE = Path(ventanilla.__file__).parent
MADE_UP = (
    "lab-policy-",
    "lab-about-",
    "lab-assumed-",
    "lab-unit-",
    "lab-when-",
    "lab-patience-",
    "lab-fate-",
)


def test_the_same_question_gives_the_same_bytes_and_another_seed_others() -> None:
    say = words("es").text
    assert report(study(ASKED), say, "es") == report(STUDY, say, "es")
    assert report(study(Question(people=400, seed=4)), say, "es") != report(STUDY, say, "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(language: str) -> None:
    page = report(STUDY, words(language).text, language)
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert f'<html lang="{language}">' in page
    assert not re.findall(r"<script|<link|<img|<iframe|@import|url\(|https?:|\bon\w+=", page)
    assert page.count("<svg") == page.count('role="img" aria-label="') == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_each_rule_each_scarcity_and_each_assumption(language: str) -> None:
    say = words(language).text
    page = report(STUDY, say, language)
    for policy in COMPARED + VARIANTS:
        assert say(f"lab-policy-{policy.name}") in page
    for name, *_ in assumptions_table(Assumptions()):
        assert say(f"lab-assumed-{name.replace('_', '-')}") in page
    assert all(f'<th scope="row">{scarcity:g}</th>' in page for scarcity in SCARCITIES)
    assert "ventanilla simulate --people 400 --seed 3 --resellers 5 --scarcity 1.5" in page


@pytest.mark.parametrize("asked", [Question(people=0), Question(people=40, resellers=0, scarcity=3)])
def test_a_page_about_nobody_or_without_resellers_can_be_written(asked: Question) -> None:
    assert "lab-" not in report(study(asked), words("en").text, "en")


def test_progress_ends_where_it_said_it_would() -> None:
    told: list[tuple[int, int]] = []
    study(Question(people=100), lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)


def test_each_message_of_the_laboratory_is_used() -> None:
    text = files("ventanilla.words").joinpath("es", "lab.ftl").read_text("utf-8")
    keys = {m.id.name for m in FluentParser().parse(text).body if isinstance(m, ftl.Message)}
    paths = [*(SOURCE / "lab").glob("*.py"), SOURCE / "cli_simulate.py"]
    used = {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    used |= set(re.findall(r'"(lab-[\w-]+)"', (SOURCE / "lab" / "report.html").read_text("utf-8")))
    used |= {f"{key}-{how}" for key in used for how in ("alike", "pays", "loses")}
    used |= {f"lab-figure-{key}" for key in used}
    shown = report(STUDY, words("es").text, "es")
    unused = {k for k in keys - used if not k.startswith(MADE_UP)}
    assert {k for k in unused if words("es").text(k) not in shown} == set()
