"""`ventanilla templates`: what Meta keeps of our templates, and what to do about it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from asyncpg import Connection
from rich.markup import escape
from rich.table import Table

from ventanilla.acts import templates as acts
from ventanilla.command import Language, Stop, console, database, settings_now
from ventanilla.core.sending import SendFailed
from ventanilla.core.templates import NEEDS_SOMEBODY, Known, Standing
from ventanilla.db.connection import connection
from ventanilla.settings import Settings
from ventanilla.wire.whatsapp.management import Management
from ventanilla.words import words

templates_app = typer.Typer(no_args_is_help=True, help="Messages for people who have not written for a day.")
_STYLES: dict[Standing, str] = {"same": "green", **dict.fromkeys(NEEDS_SOMEBODY, "red")}

T = TypeVar("T")


Advice = Annotated[Language, typer.Option("--language", help="The language of the advice.")]


@templates_app.command("list")
def list_(language: Advice = Language.es) -> None:
    """Every template as Meta told last, and what to do. Asks Meta nothing."""
    with database(settings_now()) as dsn:
        shown = asyncio.run(_with_conn(dsn, acts.shown))
    table = _table("since")
    for one in shown:
        since = f"{one.since:%Y-%m-%d %H:%M} UTC" if one.since else ""
        definition = one.definition
        table.add_row(
            definition.name, definition.language, since, _said(one.standing, one.reason, language.value)
        )
    console.print(table)


@templates_app.command()
def sync(
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; without, only say what would be done.")
    ] = False,
    language: Advice = Language.es,
) -> None:
    """Compare Meta's templates with the word files; make what is missing, change what is different."""
    plan = _with_meta(lambda conn, meta: acts.sync(conn, meta, apply=apply))
    table = _table("done" if apply else "to do")
    for step in plan.steps:
        reason = step.fault or (step.known.reason if step.known else "")
        table.add_row(
            step.definition.name,
            step.definition.language,
            _deed(step, apply=apply),
            _said(step.standing, reason, language.value),
        )
    console.print(table)
    if plan.extra:
        console.print(f"Left alone, as they are not ours: {escape(_names(plan.extra))}")
    left = sum(step.standing in ("missing", "different") for step in plan.steps)
    if any(step.fault for step in plan.steps):
        raise Stop("Meta refused what is marked above; mend it and run the same command again.")
    if left:
        console.print(f"{left} to make or change. Run: ventanilla templates sync --apply")


@templates_app.command()
def delete(
    name: Annotated[str, typer.Argument(help="As Meta lists it.")],
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without, nothing happens.")] = False,
) -> None:
    """Delete a template at Meta in all its languages. Its name cannot be used again for 30 days."""
    if not apply:
        raise Stop(f"{name} would be deleted in all languages, for 30 days at least. Add --apply to do it.")
    gone = _with_meta(lambda conn, meta: acts.delete(conn, meta, name))
    if not gone:
        raise Stop(f"Meta has no template {name}. See their names with: ventanilla templates sync")
    console.print(f"Deleted: {escape(_names(gone))}")


def _table(what: str) -> Table:
    table = Table("template", "language", what, "")
    table.columns[0].no_wrap = True
    return table


def _deed(step: acts.Step, *, apply: bool) -> str:
    deed = {"missing": "make", "different": "change"}.get(step.standing, "")
    if step.done:
        return "sent to review"
    return f"[red]{deed}: refused[/]" if step.fault else "" if apply else deed


def _said(standing: Standing, reason: str, language: str) -> str:
    advice = words(language).text(f"template-standing-{standing}")
    style = _STYLES.get(standing, "yellow")
    return f"[{style}]{escape(advice)}[/]" + (f"\n{escape(reason)}" if reason else "")


def _names(known: tuple[Known, ...]) -> str:
    return ", ".join(f"{k.name} ({k.language})" for k in known)


def management(settings: Settings) -> Management:
    if not settings.whatsapp_business_account_id:
        raise Stop(
            "VENTANILLA_WHATSAPP_BUSINESS_ACCOUNT_ID is missing. It is in Meta's dashboard, WhatsApp > API "
            "Setup, beside the phone number ID."
        )
    return Management(
        settings.whatsapp_api_url,
        settings.whatsapp_api_version,
        settings.whatsapp_business_account_id,
        settings.whatsapp_access_token.reveal(),
        settings.whatsapp_timeout_seconds,
    )


async def _with_conn(dsn: str, act: Callable[[Connection], Awaitable[T]]) -> T:
    async with connection(dsn) as conn:
        return await act(conn)


def _with_meta(act: Callable[[Connection, Management], Awaitable[T]]) -> T:
    settings = settings_now()
    asked = management(settings)

    async def run(conn: Connection) -> T:
        async with asked as meta:
            return await act(conn, meta)

    with database(settings) as dsn:
        try:
            return asyncio.run(_with_conn(dsn, run))
        except SendFailed as fault:
            raise Stop(
                f"Meta did not do it: {fault.text}. Check VENTANILLA_WHATSAPP_BUSINESS_ACCOUNT_ID, and that "
                "the token may manage this account (whatsapp_businessmanagement)."
            ) from fault
