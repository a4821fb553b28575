"""The page of jupyter notebook in headless Chromium: a cell runs, a display changes in place, a training is interrupted."""
import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from tornado.websocket import websocket_connect

PATIENCE = 60


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def cell(source):
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


CELLS = [
    "'<b class=\"shown\">bold</b>' | Out-Display -Html; 6 * 7",
    "$id = 'epoch 0' | Out-Display -PassThru; 1..4 | ForEach-Object { Start-Sleep -Milliseconds 600; \"epoch $_\" | Out-Display -Id $id }",
    "New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training Shapes -Epochs 200",
    "\"after: $((Get-TrainingRun -Last).Status)\"",
]


class Page:
    """A page, driven by the DevTools protocol."""

    def __init__(self, connection):
        self.connection, self.count, self.errors = connection, 0, []

    async def call(self, method, **parameters):
        self.count += 1
        await self.connection.write_message(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(await self.connection.read_message())
            if message.get("method") == "Runtime.exceptionThrown":
                self.errors.append(message["params"]["exceptionDetails"])
            if message.get("id") == self.count:
                return message["result"]

    async def js(self, expression):
        return (await self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True))["result"].get("value")

    async def until(self, expression, what):
        end = time.time() + PATIENCE
        while time.time() < end:
            if await self.js(expression):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(what + "; the page says: " + str(await self.js("document.body.innerText.slice(0, 2000)")))


async def check(page):
    await page.call("Runtime.enable")
    await page.until("!!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected())", "no kernel")
    text = "document.querySelectorAll('.code_cell')[%d].querySelector('.output').innerText"
    await page.js("Jupyter.notebook.execute_cells([0])")
    await page.until("document.querySelector('b.shown') && " + text % 0 + ".includes('42')", "the first cell has shown nothing")
    await page.js("Jupyter.notebook.execute_cells([1])")
    seen, end = [], time.time() + PATIENCE
    while time.time() < end and "epoch 4" not in seen:
        now = ((await page.js(text % 1)) or "").strip()
        if now and now not in seen:
            seen.append(now)
        await asyncio.sleep(0.1)
    assert len(seen) >= 3 and seen[-1] == "epoch 4" and not any("\n" in each for each in seen), seen
    await page.js("Jupyter.notebook.execute_cells([2])")
    await page.until("!!document.querySelectorAll('.code_cell')[2].querySelector('progress')", "the training shows no bar")
    await asyncio.sleep(4)
    begin = time.time()
    await page.js("Jupyter.notebook.kernel.interrupt()")
    await page.until(text % 2 + ".includes('Interrupted')", "the training was not interrupted")
    took = time.time() - begin
    await page.until("!document.querySelectorAll('.code_cell')[2].querySelector('progress')", "the bar is still there")
    await page.js("Jupyter.notebook.execute_cells([3])")
    await page.until(text % 3 + ".includes('after: Stopped')", "the run is lost")
    assert not page.errors, page.errors
    print("seen:", seen, "interrupted after %.2f s" % took)


async def main():
    folder = tempfile.mkdtemp()
    processes = []
    try:
        with open(os.path.join(folder, "page.ipynb"), "w") as file:
            json.dump({"cells": [cell(c) for c in CELLS], "metadata": {"kernelspec": {"name": "convnetshell", "display_name": "ConvNetShell", "language": "powershell"}}, "nbformat": 4, "nbformat_minor": 4}, file)
        port, tools = free_port(), free_port()
        processes.append(subprocess.Popen(
            [shutil.which("jupyter-notebook"), "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=%d" % port, "--NotebookApp.token=", "--notebook-dir=" + folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder))
        wait_for("http://127.0.0.1:%d/api" % port)
        processes.append(subprocess.Popen(
            [shutil.which("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=%d" % tools, "--remote-allow-origins=*", "--user-data-dir=" + folder + "/chromium",
             "http://127.0.0.1:%d/notebooks/page.ipynb" % port], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        targets = json.loads(wait_for("http://127.0.0.1:%d/json" % tools, b"webSocketDebuggerUrl"))
        url = next(target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page")
        await check(Page(await websocket_connect(url, max_message_size=1 << 28)))
    finally:
        for process in reversed(processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(url, needle=b""):
    end = time.time() + PATIENCE
    while time.time() < end:
        try:
            body = urllib.request.urlopen(url, timeout=5).read()
            if needle in body:
                return body
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("nothing answers at " + url)


if __name__ == "__main__":
    if not shutil.which("jupyter-notebook") or not shutil.which("chromium"):
        sys.exit("jupyter-notebook or chromium is missing")
    asyncio.run(main())
