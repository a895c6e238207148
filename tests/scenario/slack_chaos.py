"""Chaos for the bot: many questions, while everything around it fails, and the count at the end.

The bot is a process of its own and is killed with SIGKILL. Slack's own schedule of retries (at
once, a minute, five minutes) is compressed; all chance comes from one seed.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bots.slack.courier import EVENT_TYPE
from bots.slack.manifest import bot_scopes
from service.app import build_app
from tests.fake_slack import payloads
from tests.fake_slack.delivery import Ack, Delivery, Http
from tests.fake_slack.server import FakeSlack, serving
from tests.fake_slack.workspace import (
    APP_TOKEN,
    BOT_TOKEN,
    BOT_USER,
    SECRET,
    Channel,
    Fault,
    Json,
    Workspace,
)
from tests.scenario.slack_bench import ANN, BOB, PUBLIC_URL, Weather, free_port, served
from tests.unit.service import stand_ins

RETRIES = (0.5, 5.0, 10.0)
"""Seconds after which an event that was not acknowledged is delivered again.

Slack's last retry comes after five minutes, which outlast any restart: here it waits for the bot.
"""
WORDS = {"theft": "Stockton names it", "burglary": "Hartlepool names it", "arson": "No plan"}
"""What is asked for, and what its answer says."""
_ASK_AGAIN = "was interrupted"
_ONE_A_SECOND, _BURST = 1.0, 3


@dataclass(frozen=True)
class Storm:
    """How much, for how long, and how bad."""

    questions: int
    seconds: float
    """Over which the questions are asked."""
    kills: int
    outages: int
    mode: str = "socket"
    seed: int = 11


@dataclass
class Question:
    """One that was asked, and the answer that it must get."""

    key: str
    expected: str
    room: Channel | None = None
    urls: list[str] = field(default_factory=list)
    """Where a command is answered."""


@dataclass
class Count:
    """What came of it."""

    asked: int = 0
    answered: int = 0
    duplicates: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    intruded: int = 0
    """Messages of the bot where people talked among themselves."""
    acks: list[float] = field(default_factory=list)
    deliveries: int = 0
    faults: int = 0
    kills: int = 0
    seconds: float = 0

    def percentile(self, part: float) -> float:
        """Milliseconds within which a part of the acknowledgements came."""
        cut = statistics.quantiles(self.acks, n=1_000, method="inclusive")
        return cut[round(part * 1_000) - 1] * 1_000

    def report(self) -> str:
        """One line for the documents."""
        return (
            f"asked {self.asked}, answered {self.answered}, duplicates {len(self.duplicates)}, "
            f"silent {len(self.silent)}, wrong {len(self.wrong)}, intruded {self.intruded}; "
            f"{self.deliveries} deliveries, {self.faults} faults of Slack's API, "
            f"{self.kills} kills; acknowledged p50 {self.percentile(0.5):.0f} ms, "
            f"p99 {self.percentile(0.99):.0f} ms, most {max(self.acks) * 1000:.0f} ms; "
            f"{self.seconds:.0f} s"
        )


class Process:
    """`saferplans slack`, in a process that can be killed; `url` is its own address."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = os.environ | environment
        self._log = log
        self.url = f"http://127.0.0.1:{environment['SAFERPLANS_SLACK_PORT']}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; Socket Mode connects by itself."""
        command = [Path(sys.executable).with_name("saferplans"), "slack"]
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    async def healthy(self, session: aiohttp.ClientSession) -> None:
        """Returns when it is at work."""
        for _ in range(600):
            with suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(
                    f"{self.url}/healthz", timeout=aiohttp.ClientTimeout(1)
                ) as got:
                    if got.status == 200:
                        return
            await asyncio.sleep(0.1)
        raise AssertionError("the bot did not start")

    def kill(self) -> None:
        """Ends it without a chance to finish anything."""
        if self._running:
            self._running.kill()
            self._running.wait()


class Chaos:
    """A run of a storm."""

    def __init__(
        self,
        storm: Storm,
        slack: FakeSlack,
        weather: Weather,
        process: Process,
        session: aiohttp.ClientSession,
    ) -> None:
        self._up = asyncio.Event()
        self._up.set()
        self._session = session
        self._storm = storm
        self._chance = random.Random(storm.seed)
        self._slack = slack
        self._workspace = slack.workspace
        self._weather = weather
        self._process = process
        over_http = Http(f"{process.url}/slack/events", session)
        self._way: Delivery = slack.sockets if storm.mode == "socket" else over_http
        self._questions: list[Question] = []
        self._rooms = [
            self._workspace.channel(f"room-{n}") for n in range(storm.questions // 8 + 1)
        ]
        self._posted: dict[str, list[float]] = defaultdict(list)
        self.count = Count()
        self._workspace.faults = self._fault

    async def run(self) -> Count:
        """Asks everything, breaks everything, waits until it is quiet, and counts."""
        began = time.monotonic()
        breaking = [
            asyncio.create_task(each)
            for each in (self._kill(), self._break_service(), self._reconnect())
        ]
        makers = (self._mention, self._direct, self._thread, self._command, self._edited)
        weights = (35, 25, 10, 15, 5)
        work, planned = [], 0
        while planned < self._storm.questions:
            maker = self._chance.choices(makers, weights)[0]
            planned += 2 if maker == self._thread else 1
            work.append(self._later(maker))
        work += [self._later(self._chatter) for _ in range(self._storm.questions // 10)]
        await asyncio.gather(*work)
        await asyncio.gather(*breaking)
        await self._quiet()
        self.count.seconds = time.monotonic() - began
        return self._counted()

    async def _later(self, action: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(self._chance.uniform(0, self._storm.seconds))
        await action()

    # What people do

    async def _mention(self) -> None:
        await self._ask(self._chance.choice(self._rooms), ANN, mention=True)

    async def _direct(self) -> None:
        user = f"U0{self._chance.randrange(self._storm.questions // 4 + 1):05d}"
        self._workspace.people.setdefault(user, user)
        await self._ask(self._workspace.direct(user), user, mention=False)

    async def _thread(self) -> None:
        room = self._chance.choice(self._rooms)
        said = await self._ask(room, ANN, mention=True)
        while not self._replies(room).get(f"{room.id}:{said['ts']}"):
            await asyncio.sleep(0.05)  # people ask on when they have read the answer
        await self._ask(room, ANN, mention=False, thread=said["ts"])

    async def _edited(self) -> None:
        room = self._chance.choice(self._rooms)
        said = self._say(room, ANN, "theft", mention=True)
        before = dict(said)
        text = said["text"].replace("theft", "burglary")
        said |= {"text": text, "edited": {"user": ANN, "ts": self._workspace.now()}}
        self._questions.append(Question(f"{room.id}:{said['ts']}", WORDS["burglary"], room))
        await asyncio.gather(
            self._deliver(payloads.mention(room, before)),
            self._deliver(payloads.message(room, before)),
            self._deliver(payloads.changed(room, before, dict(said))),
        )

    async def _command(self) -> None:
        word = self._chance.choice(list(WORDS))
        while True:
            url = self._slack.response_url()
            payload = payloads.command(self._rooms[0], ANN, f"Who names {word}?", url)
            if (await self._send("slash_commands", payload)).ok:
                break
            await asyncio.sleep(0.5)  # Slack shows that it failed; people type it again
        self._questions.append(Question("", WORDS[word], urls=[url]))

    async def _chatter(self) -> None:
        room = self._chance.choice(self._rooms)
        said = self._workspace.said(room, BOB, "Shall we meet at ten?")
        await self._deliver(payloads.message(room, said))

    async def _ask(self, room: Channel, user: str, *, mention: bool, thread: str = "") -> Json:
        word = self._chance.choice(list(WORDS))
        said = self._say(room, user, word, mention=mention, thread=thread)
        self._questions.append(Question(f"{room.id}:{said['ts']}", WORDS[word], room))
        events = [payloads.message(room, said)]
        events += [payloads.mention(room, said)] if mention else []
        await asyncio.gather(*map(self._deliver, events))
        return said

    def _say(self, room: Channel, user: str, word: str, *, mention: bool, thread: str = "") -> Json:
        opening = f"<@{BOT_USER}> " if mention else ""
        return self._workspace.said(room, user, f"{opening}Who names {word}?", thread)

    # How Slack delivers it

    async def _deliver(self, payload: Json) -> None:
        """Late, out of order, again if it was not acknowledged, now and then although it was."""
        await asyncio.sleep(self._chance.uniform(0, 1))
        retry = 0
        while not (await self._send("events_api", payload, retry)).ok and retry < len(RETRIES):
            await asyncio.sleep(RETRIES[retry])
            retry += 1
            if retry == len(RETRIES):
                await self._up.wait()
        if self._chance.random() < 0.2:
            await asyncio.sleep(self._chance.uniform(0, 2))
            await self._send("events_api", payload, retry + 1)

    async def _send(self, kind: str, payload: Json, retry: int = 0) -> Ack:
        self.count.deliveries += 1
        ack = await self._way.send(kind, payload, retry=retry)
        if ack.ok:
            self.count.acks.append(ack.seconds)
        return ack

    # What breaks

    async def _kill(self) -> None:
        for _ in range(self._storm.kills):
            await asyncio.sleep(self._storm.seconds / (self._storm.kills + 1))
            self._up.clear()
            self._process.kill()
            self.count.kills += 1
            self._process.start()
            await self._process.healthy(self._session)
            self._up.set()

    async def _break_service(self) -> None:
        for _ in range(self._storm.outages):
            await asyncio.sleep(self._storm.seconds / self._storm.outages)
            self._weather.down = True
            await asyncio.sleep(self._chance.uniform(0.2, 2))
            self._weather.down = False

    async def _reconnect(self) -> None:
        for _ in range(self._storm.outages):
            await asyncio.sleep(self._storm.seconds / self._storm.outages)
            await self._slack.sockets.disconnect()

    def _fault(self, method: str, call: Json) -> Fault | None:
        """Slack's limit of a message a second in a channel, and an unreliable network."""
        if method == "chat.postMessage" and self._too_fast(str(call.get("channel"))):
            return self._noted(Fault(retry_after=1))
        chance = self._chance.random()
        if not method.startswith(("chat.", "conversations.")) or chance > 0.05:
            return None
        kinds = (Fault(lost=True), Fault(status=503), Fault(error="internal_error"))
        return self._noted(self._chance.choice(kinds))

    def _too_fast(self, channel: str) -> bool:
        now = time.monotonic()
        recent = [each for each in self._posted[channel] if now - each < _ONE_A_SECOND * _BURST]
        self._posted[channel] = recent
        if len(recent) >= _BURST:
            return True
        recent.append(now)
        return False

    def _noted(self, fault: Fault) -> Fault:
        self.count.faults += 1
        return fault

    # The count

    def _replies(self, room: Channel) -> dict[str, list[Json]]:
        """The bot's messages in a room by the question that they answer."""
        found: dict[str, list[Json]] = defaultdict(list)
        for message in self._workspace.by_bot(room):
            metadata = message.get("metadata", {})
            assert metadata.get("event_type") == EVENT_TYPE, message
            found[metadata["event_payload"]["question"]].append(message)
        return found

    def _texts(self, question: Question) -> list[str]:
        """What was said to a question; notices that an answer is on its way are not counted."""
        if question.room:
            return [str(each["text"]) for each in self._replies(question.room)[question.key]]
        said = [str(each["text"]) for url in question.urls for each in self._slack.responses(url)]
        return [each for each in said if "no answer yet" not in each and _ASK_AGAIN not in each]

    async def _quiet(self) -> None:
        """Until every question has its answer, or a minute has passed."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not all(map(self._is_answered, self._questions)):
            await asyncio.sleep(0.2)
            await asyncio.gather(*map(self._press_again, self._questions))
        await asyncio.sleep(1)  # a duplicate would come late

    async def _press_again(self, question: Question) -> None:
        """Whoever is told that an answer may be lost, and doesn't see it, presses the button."""
        if question.room or self._texts(question):
            return
        for told in self._slack.responses(question.urls[-1]):
            if _ASK_AGAIN in str(told["text"]):
                url = self._slack.response_url()
                pressed = {"action_id": "again", "type": "button", "block_id": "b"}
                pressed["value"] = told["blocks"][1]["elements"][0]["value"]  # type: ignore[index]
                shown = {**told, "ts": self._workspace.now()}
                payload = payloads.action(self._rooms[0], ANN, shown, pressed, url)
                if (await self._send("interactive", payload)).ok:
                    question.urls.append(url)

    def _is_answered(self, question: Question) -> bool:
        return any(question.expected in text for text in self._texts(question))

    def _counted(self) -> Count:
        count = self.count
        count.asked = len(self._questions)
        for question in self._questions:
            texts = self._texts(question)
            count.duplicates += texts[1:] and [f"{question.key or 'command'}: {texts}"]
            count.answered += self._is_answered(question)
            count.silent += [] if texts else [question.key or str(question.urls)]
            count.wrong += [] if self._is_answered(question) else [str(texts)]
        asked = {question.key for question in self._questions}
        rooms = self._workspace.channels.values()
        count.intruded = sum(len(self._replies(room).keys() - asked) for room in rooms)
        return count


async def unleash(storm: Storm, folder: Path) -> Count:
    """Runs a storm over a bot in its own process."""
    workspace = Workspace(scopes=set(bot_scopes()), people={ANN: "Ann", BOB: "Bob"})
    weather = Weather(build_app(stand_ins.state()))
    async with (
        serving(workspace) as slack,
        served(weather) as service_url,
        aiohttp.ClientSession() as session,
    ):
        process = Process(_environment(storm, slack, service_url, folder), folder / "log")
        process.start()
        try:
            await process.healthy(session)
            return await Chaos(storm, slack, weather, process, session).run()
        finally:
            process.kill()


def _environment(storm: Storm, slack: FakeSlack, service_url: str, folder: Path) -> dict[str, str]:
    return {
        "SAFERPLANS_SLACK_BOT_TOKEN": BOT_TOKEN,
        "SAFERPLANS_SLACK_APP_TOKEN": APP_TOKEN,
        "SAFERPLANS_SLACK_SIGNING_SECRET": SECRET,
        "SAFERPLANS_SLACK_MODE": storm.mode,
        "SAFERPLANS_SLACK_PORT": str(free_port()),
        "SAFERPLANS_SLACK_API_URL": slack.api_url,
        "SAFERPLANS_SERVICE_URL": service_url,
        "SAFERPLANS_PUBLIC_URL": PUBLIC_URL,
        "SAFERPLANS_DATA_DIR": str(folder),
    }
