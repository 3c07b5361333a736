"""The command `whatsapp-emulator`."""

import logging
from typing import Annotated

import typer

from whatsapp_emulator.app import create_app
from whatsapp_emulator.config import Settings
from whatsapp_emulator.serve import listening, server_of

DEFAULT = Settings(app_secret="", access_token="")
app = typer.Typer(add_completion=False)


def option(name: str, help_text: str) -> typer.models.OptionInfo:
    """Also read from WHATSAPP_EMULATOR_<NAME>."""
    variable = "WHATSAPP_EMULATOR_" + name.strip("-").replace("-", "_").upper()
    found = typer.Option(name, envvar=variable, help=help_text)
    assert isinstance(found, typer.models.OptionInfo)
    return found


@app.command()
def run(
    app_secret: Annotated[str, option("--app-secret", "Signs the webhooks.")],
    access_token: Annotated[str, option("--access-token", "The bearer token asked for.")],
    verify_token: Annotated[str, option("--verify-token", "Told in the handshake.")] = "",
    webhook_url: Annotated[str | None, option("--webhook-url", "Where webhooks go.")] = None,
    host: Annotated[str, option("--host", "Address to listen on.")] = DEFAULT.host,
    port: Annotated[int, option("--port", "Port to listen on; 0 takes a free one.")] = DEFAULT.port,
    public_url: Annotated[str | None, option("--public-url", "Base of media addresses.")] = None,
    phone_number_id: Annotated[
        str, option("--phone-number-id", "Id of the business number.")
    ] = DEFAULT.phone_number_id,
    display_number: Annotated[
        str, option("--display-number", "The business number itself.")
    ] = DEFAULT.display_number,
    business_name: Annotated[
        str, option("--business-name", "Name on the chat page.")
    ] = DEFAULT.business_name,
    seed: Annotated[int | None, option("--seed", "The same ids at every start.")] = None,
    duplicates: Annotated[int, option("--duplicates", "Deliveries of each webhook.")] = DEFAULT.duplicates,
    read_delay: Annotated[
        float, option("--read-delay", "Seconds until the read status.")
    ] = DEFAULT.read_delay,
    window: Annotated[bool, typer.Option(help="Keep the 24-hour window.")] = DEFAULT.window,
    pair_rate: Annotated[bool, typer.Option(help="Limit messages to one person.")] = DEFAULT.pair_rate,
    number_rate: Annotated[
        int, option("--number-rate", "Messages per second; 0 does not limit.")
    ] = DEFAULT.number_rate,
) -> None:
    """A WhatsApp Cloud API of our own to talk to, with a chat page."""
    chosen = Settings(**{name: value for name, value in locals().items() if value is not None})
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    listener = listening(chosen.host, chosen.port)
    typer.echo(f"WhatsApp emulator on http://{chosen.host}:{listener.getsockname()[1]}/")
    server_of(create_app(chosen)).run(sockets=[listener])


def main() -> None:
    app()
