"""`ventanilla simulate`: which way of giving places out is best, on the same people."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ventanilla.command import Language, Stop, console, progress_bar
from ventanilla.lab.conclusions import conclude
from ventanilla.lab.report import report
from ventanilla.lab.study import Question, study
from ventanilla.words import words

FEWEST, MOST = 200, 1_000_000
LOWEST, HIGHEST = 0.5, 5.0
MOST_RESELLERS = 10
_USUAL = Question()


def simulate(
    people: Annotated[int, typer.Option(help="How many people look for a place.")] = _USUAL.people,
    seed: Annotated[int, typer.Option(help="The same seed gives the same report.")] = _USUAL.seed,
    resellers: Annotated[
        int, typer.Option(help="Each can take a tenth of a day's places.")
    ] = _USUAL.resellers,
    scarcity: Annotated[float, typer.Option(help="Requests for each place.")] = _USUAL.scarcity,
    out: Annotated[Path, typer.Option(help="The HTML report.")] = Path("report.html"),
    language: Annotated[Language, typer.Option(help="The language of the report.")] = Language.es,
) -> None:
    """Compare five ways of giving places out on the same people, and write a report with plots."""
    if not FEWEST <= people <= MOST:
        raise Stop(f"--people is {people:,}. Give a number from {FEWEST} to {MOST:,}.")
    if not 0 <= resellers <= MOST_RESELLERS:
        raise Stop(f"--resellers is {resellers}. Give a number from 0 to {MOST_RESELLERS}.")
    if not LOWEST <= scarcity <= HIGHEST:
        raise Stop(f"--scarcity is {scarcity:g}. Give requests per place, from {LOWEST} to {HIGHEST}.")
    if not out.parent.is_dir():
        raise Stop(f"There is no folder {out.parent}. Make it, or give another path with --out.")
    try:
        # Before the minute of work, not after it.
        out.touch()
    except OSError as fault:
        raise Stop(f"Cannot write {out}: {fault.strerror}. Give another path with --out.") from fault
    if out.is_dir():
        raise Stop(f"{out} is a folder. Give the path of a file with --out.")
    say = words(language.value).text
    with progress_bar("People simulated") as progress:
        done = study(Question(people, seed, resellers, scarcity), progress)
    out.write_text(report(done, say, language.value), "utf-8")
    for sentence in conclude(done, say).resale:
        console.print(f"- {escape(sentence)}", highlight=False)
    console.print(escape(say("lab-done", file=str(out))), highlight=False)
