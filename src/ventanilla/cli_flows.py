"""`ventanilla flows`: the booking as a form inside WhatsApp, and what Meta has of it."""

import asyncio
import sys
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ventanilla.acts import flows as acts
from ventanilla.command import Language, Stop, console, database, settings_now
from ventanilla.core.sending import SendFailed
from ventanilla.db.connection import connection
from ventanilla.jobs import utc_now
from ventanilla.settings import Settings
from ventanilla.wire.whatsapp.flow_crypto import new_private_key, private_keys, public_pem
from ventanilla.wire.whatsapp.flow_management import FlowManagement
from ventanilla.words import words
from ventanilla.words.flow_json import encoded, flow_json

flows_app = typer.Typer(no_args_is_help=True, help="The booking as a form inside WhatsApp (Flows).")
ENDPOINT = "webhooks/whatsapp/flow"
_DEEDS = {
    "none": "",
    "key": "upload",
    "make": "make and publish",
    "publish": "upload and publish",
    "withdraw": "withdraw",
}


@flows_app.command("json")
def json_(
    language: Annotated[Language, typer.Option("--language", help="The language of the form.")] = Language.es,
) -> None:
    """Print the form as it is uploaded: Flow JSON, made from the word files."""
    body, _ = encoded(flow_json(words(language.value)))
    sys.stdout.write(body.decode() + "\n")


@flows_app.command()
def key() -> None:
    """Print a new private key for VENTANILLA_FLOW_PRIVATE_KEY; keep it as a secret."""
    sys.stdout.write(new_private_key())


@flows_app.command()
def sync(
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it; without, only say what would be done.")
    ] = False,
) -> None:
    """Compare Meta's forms and key with ours; make, upload and publish what is missing."""
    settings = settings_now()
    meta = management(settings)
    with database(settings) as dsn:
        try:
            steps = asyncio.run(synced(settings, dsn, meta, apply=apply))
        except SendFailed as fault:
            raise Stop(
                f"Meta did not do it: {fault.text}. Check VENTANILLA_WHATSAPP_BUSINESS_ACCOUNT_ID, that the "
                "token may manage this account (whatsapp_business_management), and that the program answers "
                f"at {settings.public_url}/{ENDPOINT}, which Meta calls before it publishes."
            ) from fault
    table = Table("what", "at Meta", "done" if apply else "to do")
    for step in steps:
        deed = _DEEDS[step.deed] if not apply or step.done else ""
        faults = "".join(f"\n{escape(fault)}" for fault in step.faults)
        table.add_row(step.name, step.status.lower(), f"{deed}[red]{faults}[/]" if faults else deed)
    console.print(table)
    if any(step.faults for step in steps):
        raise Stop("Meta found the faults above; the form stays a draft and nobody is offered it.")
    if not apply and any(step.deed != "none" for step in steps):
        console.print("Run: ventanilla flows sync --apply")


def management(settings: Settings) -> FlowManagement:
    for value, name, where in (
        (settings.whatsapp_business_account_id, "WHATSAPP_BUSINESS_ACCOUNT_ID", "beside the phone number ID"),
        (settings.flow_private_key, "FLOW_PRIVATE_KEY", ""),
    ):
        if not value:
            how = f"It is in Meta's dashboard, WhatsApp > API Setup, {where}" if where else _HOW_TO_MAKE_ONE
            raise Stop(f"VENTANILLA_{name} is missing. {how}.")
    return FlowManagement(
        settings.whatsapp_api_url,
        settings.whatsapp_api_version,
        settings.whatsapp_business_account_id,
        settings.whatsapp_phone_number_id,
        settings.whatsapp_access_token.reveal(),
        settings.whatsapp_timeout_seconds,
    )


_HOW_TO_MAKE_ONE = "Make one with: ventanilla flows key > flow-key.pem"


async def synced(settings: Settings, dsn: str, meta: FlowManagement, *, apply: bool) -> tuple[acts.Step, ...]:
    """What is, or was, to be done. Raises `SendFailed`."""
    public = public_pem(private_keys(settings.flow_private_key.reveal())[0])
    async with connection(dsn) as conn, meta:
        steps = await acts.plan(meta, public)
        if not apply:
            return steps
        endpoint = f"{settings.public_url}/{ENDPOINT}"
        return await acts.apply(conn, meta, steps, public, endpoint, utc_now())
