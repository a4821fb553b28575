"""Headless Chromium, driven by the DevTools protocol."""
import asyncio
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request

from tornado.websocket import websocket_connect

PATIENCE = 240  # seconds; on a machine that has other work a first step takes half a minute


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(url, needle=b""):
    end = time.time() + PATIENCE
    while time.time() < end:
        try:
            body = urllib.request.urlopen(url, timeout=30).read()
            if needle in body:
                return body
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("nothing answers at " + url)


def end(process):
    if process is not None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


class Browser:
    """A browser that can reach this machine and nothing else."""

    def __init__(self, folder):
        self.tools = free_port()
        self.process = subprocess.Popen(
            [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--proxy-server=127.0.0.1:9", "--remote-debugging-port=%d" % self.tools, "--remote-allow-origins=*", "--user-data-dir=" + os.path.join(folder, "chromium"), "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        end(self.process)

    async def open(self, url):
        """Opens a page, and hears all it says from its first line on."""
        targets = json.loads(wait_for("http://127.0.0.1:%d/json" % self.tools, b"webSocketDebuggerUrl"))
        target = next(target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page")
        page = Page(await websocket_connect(target, max_message_size=1 << 28))
        for domain in ("Runtime", "Log", "Network", "Page"):
            await page.call(domain + ".enable")
        await page.call("Page.navigate", url=url)
        return page


class Page:
    """A page: what it holds, what it asked for, what went wrong in it."""

    def __init__(self, connection):
        self.connection, self.count, self.errors, self.requests = connection, 0, [], []

    async def call(self, method, **parameters):
        self.count += 1
        await self.connection.write_message(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(await self.connection.read_message())
            self.hear(message.get("method"), message.get("params"))
            if message.get("id") == self.count:
                return message["result"]

    def hear(self, event, said):
        if event == "Runtime.exceptionThrown":
            self.errors.append(said["exceptionDetails"])
        elif event == "Runtime.consoleAPICalled" and said["type"] in ("error", "assert"):
            self.errors.append(said["args"])
        elif event == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.errors.append(said["entry"])
        elif event == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])

    async def js(self, expression):
        return (await self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True))["result"].get("value")

    async def until(self, expression, what):
        end = time.time() + PATIENCE
        while time.time() < end:
            if await self.js(expression):
                return
            await asyncio.sleep(0.1)
        raise AssertionError("%s; the page says: %s; errors: %s" % (what, await self.js("document.body.innerText.slice(0, 2000)"), self.errors))
