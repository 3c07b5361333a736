"""Many people at once, each following a script: how long answers take, who gets through, who is stuck."""

import asyncio
import random
import re
from typing import Annotated, Any

from msgspec import Meta, Struct

from whatsapp_emulator.actions import NotPossible, message_of, quick_replies
from whatsapp_emulator.emulator import Emulator
from whatsapp_emulator.percentiles import Sample, spread
from whatsapp_emulator.sample_people import SamplePerson
from whatsapp_emulator.script import Action, Mind, Next, Script, pattern, read_script
from whatsapp_emulator.state import Entry, Phone

PEOPLE_MAX = 100_000
PLACES_MAX = 100
EXAMPLES_MAX = 5
SLOWEST_MAX = 5
QUESTION_MAX = 300
STATES = ("waiting", "talking", "finished", "stuck", "stopped")
PICKS = {"first": 0, "last": -1}


class Plan(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is asked for. Times in virtual seconds; people have numbers from `first_number` on."""

    people: Annotated[int, Meta(ge=1, le=PEOPLE_MAX)]
    script: list[dict[str, Any]]
    start: dict[str, Any] = {}
    start_over: Annotated[float, Meta(ge=0)] = 0.0  # all have begun after so long, one after the other
    think: Annotated[float, Meta(ge=0)] = 0.0  # between hearing and answering, on average
    patience: Annotated[float, Meta(gt=0)] = 60.0  # without anything new to answer
    turns_max: Annotated[int, Meta(ge=1)] = 200
    reads: bool = True  # people look at what comes
    seed: int = 1
    first_person: Annotated[int, Meta(ge=0, le=PEOPLE_MAX)] = 0  # others than in the load before
    first_number: Annotated[str, Meta(pattern=r"^[1-9]\d{7,14}$")] = "5215590000000"


class Player:
    """One person: waiting, talking, finished, stuck, or stopped with the load."""

    def __init__(self, load: "Load", n: int) -> None:
        plan = load.plan
        self.load, self.emulator = load, load.emulator
        number = plan.first_person + n
        self.person = SamplePerson(number, str(int(plan.first_number) + number))
        self.state, self.why, self.question = "waiting", "", ""
        self.turns = self.heard_count = 0
        self.began = self.ended = 0.0
        self._begins_after = plan.start_over * n / plan.people
        self._mind = Mind(load.script)
        self._chance = random.Random(f"{plan.seed} {n}")
        self._heard: list[Entry] = []
        self._woken = asyncio.Event()
        self._asked_at: float | None = None

    @property
    def phone(self) -> Phone:
        return self.emulator.world.phone(self.person.wa_id, self.person.name)

    async def play(self) -> None:
        await self.emulator.clock.sleep(self._begins_after)
        self.state, self.began = "talking", self.emulator.clock.now()
        self.emulator.hearers[self.person.wa_id] = self.hears
        try:
            next_: Next | None = self._mind.begins()
            while next_ != "finish":
                if next_ is None:
                    raise NotPossible("no rule for it" if self._heard else "no answer")
                if next_ != "wait":
                    await self._do(next_)
                next_ = await self._listen()
            self.state = "finished"
        except NotPossible as problem:
            self.state, self.why = "stuck", str(problem)
        finally:
            self.state = "stopped" if self.state == "talking" else self.state
            self.ended = self.emulator.clock.now()
            self.emulator.hearers.pop(self.person.wa_id, None)
            self._heard.clear()

    def hears(self, entry: Entry) -> None:
        self._heard.append(entry)
        self.heard_count += 1
        self.question = said_by(entry)
        if self._asked_at is not None:
            self.load.keep_latency(entry.at - self._asked_at, place_of(self.question))
            self._asked_at = None
        if self.load.plan.reads:
            self.emulator.look(self.phone)
        self._woken.set()

    async def _listen(self) -> Next | None:
        """What to do about what was said; None when patience ends."""
        clock, patience = self.emulator.clock, self.load.plan.patience
        while True:
            if self._heard:
                found = self._mind.answers("\n".join(map(said_by, self._heard)))
                if found is not None:
                    self._heard.clear()
                    return found
            self._woken.clear()
            timer = clock.call_later(patience, self._woken.set)
            known = self.heard_count
            await self._woken.wait()
            timer.cancel()
            if self.heard_count == known:
                return None

    async def _do(self, action: Action) -> None:
        self.turns += 1
        if self.turns > self.load.plan.turns_max:
            raise NotPossible(f"more than {self.load.plan.turns_max} turns")
        if think := self.load.plan.think:
            await self.emulator.clock.sleep(think * (0.5 + self._chance.random()))
        asked = self._resolved(action)
        message = message_of(self.emulator, self.phone, asked)
        self._asked_at = self.emulator.clock.now()
        self.emulator.write(self.phone, message)

    def _resolved(self, action: Action) -> Action:
        """With the person's own words, and the button or row that is meant."""
        filled = {k: self.person.told(v) if isinstance(v, str) else v for k, v in action.items()}
        for key, kinds in (("tap", ("button", "choose")), ("press", ("button",)), ("choose", ("choose",))):
            if key in filled:
                wanted = str(filled.pop(key))
                return {**filled, **pick(options(self.phone, kinds), wanted, self._chance)}
        return filled


class Load:
    """One run; its report may be read at any time."""

    def __init__(self, emulator: Emulator, plan: Plan) -> None:
        self.emulator, self.plan = emulator, plan
        self.script: Script = read_script(plan.script, plan.start or {"text": "Hola"})
        self.players = [Player(self, n) for n in range(plan.people)]
        self._chance = random.Random(plan.seed)
        self._replies = Sample(self._chance)
        self._by_place: dict[str, Sample] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> bool:
        return bool(self._tasks)

    def start(self) -> None:
        for player in self.players:
            task = asyncio.create_task(player.play())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def keep_latency(self, seconds: float, place: str) -> None:
        self._replies.add(seconds)
        if place in self._by_place or len(self._by_place) < PLACES_MAX:
            self._by_place.setdefault(place, Sample(self._chance)).add(seconds)

    def report(self) -> dict[str, Any]:
        players = self.players
        finished = [player for player in players if player.state == "finished"]
        states = {state: sum(player.state == state for player in players) for state in STATES}
        return {
            "running": self.running,
            "people": len(players),
            **states,
            "said": sum(player.turns for player in players),
            "heard": sum(player.heard_count for player in players),
            "reply_seconds": self._replies.facts(),
            "talk_seconds": spread(player.ended - player.began for player in finished),
            "said_each": spread(float(player.turns) for player in finished),
            "heard_each": spread(float(player.heard_count) for player in finished),
            "slowest": self._slowest(),
            "stuck_at": self._places(),
        }

    def people(self) -> list[dict[str, Any]]:
        keys = ("state", "turns", "heard_count", "why", "question")
        return [
            {
                "wa_id": player.person.wa_id,
                **{key: getattr(player, key) for key in keys},
                "talking_for": self._talking_for(player),
            }
            for player in self.players
        ]

    def _talking_for(self, player: Player) -> float:
        if not player.began:
            return 0.0
        return (player.ended or self.emulator.clock.now()) - player.began

    def _slowest(self) -> list[dict[str, Any]]:
        """What is said after the longest waits, by its first line without digits."""
        facts = {place: sample.facts() for place, sample in self._by_place.items()}
        slowest = sorted(facts, key=lambda place: -facts[place]["p95"])[:SLOWEST_MAX]
        return [{"said": place, **facts[place]} for place in slowest]

    def _places(self) -> list[dict[str, Any]]:
        """The questions people are stuck at, by their first line without digits; most people first."""
        places: dict[tuple[str, str], dict[str, Any]] = {}
        for player in self.players:
            if player.state != "stuck":
                continue
            key = player.why, place_of(player.question)
            fresh = {"why": player.why, "question": player.question[:QUESTION_MAX], "count": 0, "people": []}
            place = places.setdefault(key, fresh)
            place["count"] += 1
            if len(place["people"]) < EXAMPLES_MAX:
                place["people"].append(player.person.wa_id)
        return sorted(places.values(), key=lambda place: -int(place["count"]))[:PLACES_MAX]


def place_of(question: str) -> str:
    """Questions are one when their first lines are, digits aside."""
    return re.sub(r"\d+", "#", question.partition("\n")[0][:QUESTION_MAX])


def said_by(entry: Entry) -> str:
    """What a person reads: header, body, footer and caption, without the labels of buttons."""
    if entry.rendered:
        header = entry.rendered.get("header", {}).get("text", "")
        return "\n".join(filter(None, (header, entry.rendered["body"], entry.rendered.get("footer", ""))))
    content = entry.payload[entry.type]
    if not isinstance(content, dict):
        return f"[{entry.type}]"
    if entry.type == "interactive":
        parts = [content.get(part, {}).get("text", "") for part in ("header", "body", "footer")]
        return "\n".join(filter(None, parts))
    return str(content.get("body") or content.get("caption") or f"[{entry.type}]")


Option = tuple[str, Action]  # title, what choosing it is


def options(phone: Phone, kinds: tuple[str, ...]) -> list[Option]:
    """Of the newest message that offers any."""
    for entry in phone.latest("out"):
        if found := [one for one in offered(entry) if next(iter(one[1])) in kinds]:
            return found
    return []


def offered(entry: Entry) -> list[Option]:
    of = {"of": entry.wamid}
    if entry.type == "template":
        return [(one["text"], {"button": one["payload"], **of}) for one in quick_replies(entry)]
    if entry.type != "interactive":
        return []
    action = entry.payload["interactive"]["action"]
    replies = [button["reply"] for button in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    return [(one["title"], {"button": one["id"], **of}) for one in replies] + [
        (one["title"], {"choose": one["id"], **of}) for one in rows
    ]


def pick(offer: list[Option], wanted: str, chance: random.Random) -> Action:
    """`first`, `last`, `any` or the first whose title matches the pattern."""
    if offer and wanted in PICKS:
        return offer[PICKS[wanted]][1]
    if offer and wanted == "any":
        return chance.choice(offer)[1]
    for title, action in offer:
        if pattern(wanted).search(title):
            return action
    titles = ", ".join(title for title, _ in offer)
    raise NotPossible(f"nothing to tap like {wanted!r}; there is: {titles or 'nothing'}")
