"""What happens when the business sends and when a person writes or looks. No HTTP here."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import DAY_SECONDS, Settings
from whatsapp_emulator.delivery import Delivery
from whatsapp_emulator.events import Hub
from whatsapp_emulator.faults import Fault, Refused
from whatsapp_emulator.files import kind_of
from whatsapp_emulator.flow_channel import Channel
from whatsapp_emulator.flows import Flows
from whatsapp_emulator.injected import Injected
from whatsapp_emulator.limits import media_ids, payload_faults
from whatsapp_emulator.media import UPLOADED_SECONDS, Media, MediaStore
from whatsapp_emulator.rates import Rates
from whatsapp_emulator.registry import Registry
from whatsapp_emulator.state import Direction, Entry, Phone, Status, World, plain_number
from whatsapp_emulator.template_send import message_faults, rendered, template_of
from whatsapp_emulator.webhooks import inbound_value, sender, status_value

if TYPE_CHECKING:
    from whatsapp_emulator.flow_session import Session

TYPING_SECONDS = 25.0
NUMBER_DIGITS = range(8, 16)
REJECTED_KINDS_MAX = 500
MARKS_MAX = 200_000
ON_THE_WAY = ("accepted", "sent")
OUTSIDE_WINDOW = Fault(
    131047,
    "Message failed to send because more than 24 hours have passed since the customer "
    "last replied to this number.",
)


class Emulator:
    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = replace(settings)  # ours: it may be changed while we run
        self.clock = clock or Clock(settings.seed, settings.clock_rate)
        self.hub = Hub()
        self.delivery = Delivery(self.settings, self.clock)
        self.channel = Channel(self.settings)
        self.reset()

    def reset(self) -> None:
        """As after a start; the clock, its ids and the settings go on."""
        self.clock.forget()
        self.hearers: dict[str, Callable[[Entry], None]] = {}  # by wa_id: told what is delivered
        self.world = World(self.settings.phones_max, self.settings.entries_max)
        self.media = MediaStore(self.settings.media_bytes_max)
        self.rates = Rates(self.settings)
        self.injected = Injected(self.settings, self.clock)
        self.templates = Registry(self.settings, self.clock, self.delivery.put)
        self.flows = Flows()
        self.forms: dict[str, Session] = {}  # open ones, by wa_id
        self.channel.forget()
        self.counts: Counter[str] = Counter()
        self._marks: dict[tuple[str, str], None] = {}
        self.statuses: Counter[str] = Counter()  # by status, told or not
        self.rejected: Counter[str] = Counter()  # by code and details
        self.refused: Counter[str] = Counter()  # by code, in the answer or in a failed status

    # The business

    def send(self, payload: object) -> tuple[str, Entry]:
        """Takes a message: (the recipient as given, what the person sees). Refused with Meta's fault."""
        try:
            return self._send(payload)
        except Refused as refused:
            self.count_rejected(refused.fault)
            raise

    def _send(self, payload: Any) -> tuple[str, Entry]:
        refuse_first(payload_faults(payload))
        given, wa_id = self._recipient(payload)
        self._refuse_wrong_media(payload)
        read = self._rendered(payload)
        now = self.clock.now()
        closed = self._window_closed(wa_id, payload, now)
        self.counts["out_of_window"] += closed
        if closed and self.settings.window_refusal == "answer":
            raise Refused(OUTSIDE_WINDOW)
        if limited := self.rates.refusal(wa_id, now):
            raise Refused(limited)
        if refused := self.flows.refusal(payload, now):
            raise Refused(refused)
        phone = self.world.phone(wa_id)
        kind = payload.get("type", "text")
        shown = {key: payload[key] for key in (kind, "context") if key in payload}
        entry = self._record(phone, "out", kind, {"type": kind, **shown}, self.clock.wamid(), now)
        entry.opaque, entry.rendered = payload.get("biz_opaque_callback_data"), read
        self.counts["messages_out"] += 1
        self._report(phone, entry, OUTSIDE_WINDOW if closed else self.injected.failure())
        return given, entry

    def receipt(self, payload: Any) -> None:
        """The business read what a person wrote, that message and those before; perhaps it is typing."""
        refuse_first(payload_faults(payload))
        entry = self.world.by_wamid.get(payload["message_id"])
        if entry is None or entry.direction != "in":
            raise Refused(Fault(100, f"Message {payload['message_id']} was not received by this number."))
        phone = self.world.phones[entry.wa_id]
        for seen in [one for one in phone.unseen if one.n <= entry.n]:
            self._change(phone, seen, "read")
        phone.unseen = [one for one in phone.unseen if one.n > entry.n]
        if "typing_indicator" in payload:
            self.hub.tell(phone.wa_id, "typing", seconds=TYPING_SECONDS)

    def add_media(
        self, mime: str, data: bytes, filename: str | None, lifetime: float = UPLOADED_SECONDS
    ) -> Media:
        expires = self.clock.now() + lifetime
        return self.media.add(Media(self.clock.number_id(), mime, data, expires, filename))

    def count_rejected(self, fault: Fault) -> None:
        reason = f"{fault.code} {fault.details}"
        known = reason in self.rejected or len(self.rejected) < REJECTED_KINDS_MAX
        self.rejected[reason if known else f"{fault.code}"] += 1
        self.refused[str(fault.code)] += 1

    # The person

    def write(
        self, phone: Phone, message: dict[str, Any], copies: int = 1, wamid: str | None = None
    ) -> Entry:
        """A person's message: `message` has its type and content, the rest is put around it."""
        now = self.clock.now()
        wamid = wamid or self.clock.wamid()
        whole = {
            **sender(phone),
            "id": wamid,
            "timestamp": str(int(now)),
            **message,
        }
        entry = self._record(phone, "in", str(whole["type"]), whole, wamid, now)
        phone.wrote_at = now
        self.rates.inbound(now)
        self.counts["messages_in"] += 1
        taken = partial(self._taken, phone, entry)
        self.delivery.message(phone.wa_id, inbound_value(phone, whole), copies, taken)
        return entry

    def _taken(self, phone: Phone, entry: Entry) -> None:
        """The business answered 200 to the webhook."""
        if entry.status == "sent":
            self._change(phone, entry, "delivered")

    def look(self, phone: Phone) -> int:
        """The person sees what came: how many messages this marks as read."""
        fresh = [entry for entry in phone.unread if entry.status == "delivered"]
        phone.unread = [entry for entry in phone.unread if entry.status in ON_THE_WAY]
        for entry in fresh:
            self._go_through(phone, entry, [("read", self.settings.read_delay)])
        return len(fresh)

    # Both

    def _recipient(self, payload: dict[str, Any]) -> tuple[str, str]:
        """(as given, wa_id); a phone number wins over a business-scoped id."""
        if "to" not in payload:
            given = payload["recipient"]
            if given not in self.world.by_user_id:
                raise Refused(Fault(131026, f"{given} is not known to this number."))
            return given, self.world.by_user_id[given]
        given = payload["to"]
        digits = plain_number(given)
        if len(digits) not in NUMBER_DIGITS or any(letter.isalpha() for letter in given):
            raise Refused(Fault(131026, f"{given} is not a valid phone number."))
        if digits == self.settings.display_number:
            raise Refused(Fault(131021, "Sender and recipient phone numbers are the same."))
        return given, self.world.reached_by(digits)

    def _refuse_wrong_media(self, payload: dict[str, Any]) -> None:
        for kind, media_id in media_ids(payload):
            media = self.media.get(media_id, self.clock.now())
            if media is None:
                raise Refused(Fault(131053, f"Media id {media_id} is not known or has expired."))
            if kind_of(media.mime) != kind:
                raise Refused(Fault(131053, f"Media id {media_id} is {media.mime}: not for {kind}."))

    def _rendered(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """What a template reads like. Refused when it does not exist, does not run or does not fit."""
        if payload.get("type") != "template" or not self.templates.in_force:
            return None
        content = payload["template"]
        template = template_of(self.templates, content)
        if isinstance(template, Fault):
            raise Refused(template)
        refuse_first(list(message_faults(template, content)))
        return rendered(template, content)

    def _window_closed(self, wa_id: str, payload: dict[str, Any], now: float) -> bool:
        if not self.settings.window or payload.get("type") == "template":
            return False
        phone = self.world.phones.get(wa_id)
        return phone is None or phone.wrote_at is None or now - phone.wrote_at >= DAY_SECONDS

    def _record(
        self, phone: Phone, direction: Direction, kind: str, payload: dict[str, Any], wamid: str, now: float
    ) -> Entry:
        status: Status = "accepted" if direction == "out" else "sent"
        entry = Entry(phone.count + 1, direction, now, wamid, kind, payload, status, phone.wa_id)
        self.world.record(phone, entry)
        self.hub.tell(phone.wa_id, "message", n=entry.n, name=phone.name)
        return entry

    def _report(self, phone: Phone, entry: Entry, fault: Fault | None) -> None:
        first, second = self.settings.sent_delay, self.settings.delivered_delay
        steps: list[tuple[Status, float]] = [("sent", first), ("delivered", second)]
        self._go_through(phone, entry, [("failed", first)] if fault else steps, fault)

    def _go_through(
        self, phone: Phone, entry: Entry, steps: list[tuple[Status, float]], fault: Fault | None = None
    ) -> None:
        """One status after the other, each so many seconds after the one before."""
        if not steps:
            return
        (status, delay), *rest = steps

        def happen() -> None:
            self._tell_status(phone, entry, status, fault)
            self._go_through(phone, entry, rest)

        if delay:
            self.clock.call_later(delay, happen)
        else:
            happen()

    def _tell_status(self, phone: Phone, entry: Entry, status: Status, fault: Fault | None) -> None:
        self._change(phone, entry, status)
        self.statuses[status] += 1
        if fault:
            self.refused[str(fault.code)] += 1
        if not self.injected.drops(status):
            self.delivery.status(status_value(phone, entry, status, self.clock.now(), fault))
        if status == "delivered":
            self._count_delivery(entry)
            if self.settings.auto_read:
                self.look(phone)
            if hears := self.hearers.get(phone.wa_id):
                hears(entry)

    def _count_delivery(self, entry: Entry) -> None:
        """What one person gets twice under the business's own mark is what a business must never do."""
        if entry.opaque is None:
            return
        mark = (entry.wa_id, entry.opaque)
        self.counts["accepted_twice"] += mark in self._marks
        self._marks[mark] = None
        if len(self._marks) > MARKS_MAX:
            del self._marks[next(iter(self._marks))]

    def _change(self, phone: Phone, entry: Entry, status: Status) -> None:
        entry.status = status
        self.hub.tell(phone.wa_id, "status", n=entry.n, status=status)


def refuse_first(faults: list[Fault]) -> None:
    if faults:
        raise Refused(faults[0])
