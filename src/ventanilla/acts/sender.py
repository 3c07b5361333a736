"""One message: made, held to the limits, with its file uploaded if it has one, and sent."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import msgspec
from asyncpg import Pool

from ventanilla.acts.house import House
from ventanilla.acts.papers import Paper, render
from ventanilla.acts.templates import take_updates
from ventanilla.acts.turn import FormOwed, PaperOwed
from ventanilla.acts.window import open_call
from ventanilla.core.channel import Address
from ventanilla.core.sending import SendFailed
from ventanilla.core.templates import LANGUAGE_AT_META, TemplateUpdate
from ventanilla.db import media, templates
from ventanilla.db.outbox import Due
from ventanilla.words.compose import Message
from ventanilla.words.limits import hold_to_limits
from ventanilla.words.outgoing import File, Outgoing, TemplateCall

_messages = msgspec.json.Decoder(Message)
_papers = msgspec.json.Decoder(PaperOwed)
_forms = msgspec.json.Decoder(FormOwed)
_LOST_MEDIA = frozenset({100, 131009, 131052, 131053})
"""What Meta may answer to the id of a file that it does not keep any more."""
_LOST_TEMPLATE = {132001: "DELETED", 132015: "PAUSED", 132016: "DISABLED"}
"""What Meta may answer to a template, and the status that this tells of."""


class Channel(Protocol):
    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        """Send one message; `reference` comes back in its statuses. Gives its id.

        Raises `SendFailed`, as do the others.
        """

    async def upload(self, file: File) -> str:
        """Gives what a picture or document then refers to."""

    async def attend(self, wamid: str) -> None:
        """Show the person that this message was read and that an answer is being written."""


@dataclass(frozen=True, slots=True)
class Sender:
    pool: Pool
    house: House
    channel: Channel

    async def send(self, to: Address, due: Due) -> str:
        """Raises `SendFailed`, or `OverLimit` for what is a bug of ours."""
        what = await self._made(due)
        if not isinstance(what, Paper):
            return await self._sent(to, what, due)
        media_id, known = await self._media(what)
        try:
            return await self._sent(to, what.sent_as(media_id), due)
        except SendFailed as fault:
            if not known or fault.code not in _LOST_MEDIA:
                raise
        async with self.pool.acquire() as conn:
            await media.forget(conn, self._key(what))
        media_id, _ = await self._media(what)
        return await self._sent(to, what.sent_as(media_id), due)

    async def _sent(self, to: Address, what: Outgoing, due: Due) -> str:
        hold_to_limits(what)
        if isinstance(what, TemplateCall):
            return await self._sent_template(to, what, due)
        return await self.channel.send(to, what, str(due.id))

    async def _sent_template(self, to: Address, call: TemplateCall, due: Due) -> str:
        """One that Meta would not send is not tried: it waits, whatever the reason."""
        language = LANGUAGE_AT_META[call.language]
        async with self.pool.acquire() as conn:
            if not await templates.usable(conn, call.name, language):
                raise SendFailed("template", f"{call.name} ({language}) may not be sent now")
        try:
            return await self.channel.send(to, call, str(due.id))
        except SendFailed as fault:
            status = _LOST_TEMPLATE.get(fault.code or 0)
            if status is None:
                raise
            async with self.pool.acquire() as conn:
                await take_updates(conn, [TemplateUpdate(call.name, language, status, fault.text)])
            raise SendFailed("template", fault.text, fault.code) from fault

    async def _made(self, due: Due) -> Outgoing | Paper:
        body = self.house.vault.open("outbox", due.sealed)
        if due.kind == "message":
            return _messages.decode(body)
        if due.kind in ("template", "invitation"):
            return open_call(self.house.vault, due.sealed)
        if due.kind in ("form", "chat"):
            form = _forms.decode(body)
            return form.call if due.kind == "form" else form.instead
        return await render(self.pool, self.house, _papers.decode(body))

    def _key(self, paper: Paper) -> bytes:
        return self.house.vault.key("media", paper.key)

    async def _media(self, paper: Paper) -> tuple[str, bool]:
        """The id of its file, and whether that was uploaded some time ago."""
        now = datetime.now(UTC)
        if paper.key:
            async with self.pool.acquire() as conn:
                media_id = await media.find(conn, self._key(paper), now)
            if media_id:
                return media_id, True
        file = await paper.make()
        hold_to_limits(file)
        media_id = await self.channel.upload(file)
        if paper.key:
            async with self.pool.acquire() as conn:
                await media.keep(conn, self._key(paper), media_id, now)
        return media_id, False
