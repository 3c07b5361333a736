"""The command `whatsapp-emulator load`: has a running emulator play many people, and tells how it went."""

import json
import time
from pathlib import Path
from typing import Annotated, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import typer

POLL_SECONDS = 1.0


def load(
    script: Annotated[Path, typer.Argument(help="JSON: the plan, or only its script.")],
    url: Annotated[
        str, typer.Option("--url", envvar="WHATSAPP_EMULATOR_URL", help="The running emulator.")
    ] = "http://127.0.0.1:8090",
    people: Annotated[int | None, typer.Option("--people", help="How many people.")] = None,
    start_over: Annotated[float | None, typer.Option("--start-over", help="All have begun after.")] = None,
    think: Annotated[float | None, typer.Option("--think", help="Before each answer, on average.")] = None,
    patience: Annotated[
        float | None, typer.Option("--patience", help="Nothing new for so long: stuck.")
    ] = None,
    load_seed: Annotated[int | None, typer.Option("--load-seed", help="Other choices.")] = None,
    first_person: Annotated[int | None, typer.Option("--first-person", help="Other people.")] = None,
) -> None:
    """Many people at once, each following a script; times in virtual seconds. Ends with 1 if any is stuck."""
    given = json.loads(script.read_text("utf-8"))
    plan = given if isinstance(given, dict) else {"script": given}
    chosen = {
        "people": people,
        "start_over": start_over,
        "think": think,
        "patience": patience,
        "seed": load_seed,
        "first_person": first_person,
    }
    plan = {"people": 1, **plan, **{key: value for key, value in chosen.items() if value is not None}}
    address = f"{url.rstrip('/')}/control/load"
    report = asked("POST", address, plan)
    try:
        while report["running"]:
            time.sleep(POLL_SECONDS)
            report = asked("GET", address)
            states = ", ".join(
                f"{report[state]} {state}" for state in ("waiting", "talking", "finished", "stuck")
            )
            typer.echo(states, err=True)
    except KeyboardInterrupt:
        report = asked("DELETE", address)
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    if report["finished"] < report["people"]:
        raise typer.Exit(1)


def asked(method: str, address: str, content: Any = None) -> dict[str, Any]:
    """The answer; ends the command with a sentence when there is none."""
    request = Request(address, json.dumps(content).encode(), method=method)  # noqa: S310 - our own address
    try:
        with urlopen(request) as answer:  # noqa: S310
            found: dict[str, Any] = json.load(answer)
            return found
    except HTTPError as refused:
        typer.echo(json.load(refused)["error"], err=True)
    except URLError as problem:
        typer.echo(f"the emulator at {address} is not reached: {problem.reason}", err=True)
    raise typer.Exit(2)
