"""The command `whatsapp-emulator`. Its options are the settings (config.py)."""

import inspect
import logging
from dataclasses import MISSING, fields
from typing import Annotated, Any, get_args

import msgspec
import typer

from whatsapp_emulator.app import create_app
from whatsapp_emulator.config import HINTS, Settings, meta_of, table, value_of
from whatsapp_emulator.load_cli import load
from whatsapp_emulator.serve import listening, server_of
from whatsapp_emulator.testing import fetch

PREFIX = "WHATSAPP_EMULATOR_"
app = typer.Typer(add_completion=False)


def option_of(name: str) -> str:
    return "--" + name.replace("_", "-")


def parameters() -> list[inspect.Parameter]:
    """One option for each setting, also read from WHATSAPP_EMULATOR_<NAME>."""
    made = []
    for one in fields(Settings):
        option = option_of(one.name)
        kind = get_args(HINTS[one.name])[0]
        declared = f"{option}/--no-{option[2:]}" if kind is bool else option
        info = typer.Option(declared, envvar=PREFIX + one.name.upper(), help=meta_of(one.name).description)
        default = None if one.default is MISSING else one.default
        if default is None:
            kind |= None
        made.append(
            inspect.Parameter(
                one.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=default,
                annotation=Annotated[kind, info],
            )
        )
    return made


def run(context: typer.Context, **given: Any) -> None:
    """A WhatsApp Cloud API of our own to talk to, with a chat page."""
    if context.invoked_subcommand:
        return
    for one in fields(Settings):
        if one.default is MISSING and not given[one.name]:
            raise typer.BadParameter("it has to be given", param_hint=option_of(one.name))
    try:
        chosen = Settings(**{name: value_of(name, value) for name, value in given.items()})
    except msgspec.ValidationError as problem:
        raise typer.BadParameter(str(problem)) from None
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    listener = listening(chosen.host, chosen.port)
    typer.echo(f"WhatsApp emulator on http://{chosen.host}:{listener.getsockname()[1]}/")
    server_of(create_app(chosen)).run(sockets=[listener])


first = inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
run.__signature__ = inspect.Signature([first, *parameters()])  # type: ignore[attr-defined]
run.__annotations__ = {one.name: one.annotation for one in (first, *parameters())}
app.callback(invoke_without_command=True)(run)
app.command()(load)


@app.command()
def control(
    what: Annotated[str, typer.Argument(help="The rest of a route under /control/: faults, clock...")],
    content: Annotated[str, typer.Argument(help="JSON to send; without it the route is read.")] = "",
    method: Annotated[str, typer.Option(help="GET without JSON, POST with it, unless told.")] = "",
    url: Annotated[
        str, typer.Option(envvar=f"{PREFIX}URL", help="The running emulator.")
    ] = "http://127.0.0.1:8090",
) -> None:
    """Ask a running emulator for anything of its control API: see README.md."""
    method = (method or ("POST" if content else "GET")).upper()
    headers = {"Content-Type": "application/json"}
    try:
        status, answer = fetch(method, f"{url.rstrip('/')}/control/{what}", content.encode(), headers)
    except OSError as fault:
        typer.echo(f"No emulator answers at {url} ({fault}). Start it, or give --url.", err=True)
        raise typer.Exit(2) from None
    typer.echo(answer.decode())
    raise typer.Exit(0 if status < 300 else 1)


@app.command()
def settings() -> None:
    """All settings as a table: README.md has it."""
    typer.echo(table())


def main() -> None:
    app()
