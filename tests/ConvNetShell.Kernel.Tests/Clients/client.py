"""A kernel, one client and what cells have said: the beginnings of the suites beside this file."""
import time
import unittest
from queue import Empty

from jupyter_client.manager import KernelManager

PATIENCE = 30


def question(client):
    try:
        return client.get_stdin_msg(timeout=0)
    except Empty:
        return None


class Kernel:
    """A kernel and one client."""

    def __init__(self, **options):
        self.manager = KernelManager(kernel_name="convnetshell", **options)
        self.manager.start_kernel()
        self.client = self.new_client()

    def new_client(self):
        client = self.manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        return client

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def run(self, code, client=None, answers=None, **options):
        """Runs a cell; returns the reply's content and the outputs, and answers questions from a list."""
        client = client or self.client
        while question(client):
            pass  # the question of a cell that was interrupted
        id = client.execute(code, allow_stdin=answers is not None, **options)
        return self.finish(id, client, answers)

    def finish(self, id, client=None, answers=None):
        client = client or self.client
        outputs, prompts, end = [], [], time.time() + PATIENCE
        while time.time() < end:
            try:
                message = client.get_iopub_msg(timeout=0.02)
            except Empty:
                asked = answers is not None and question(client)
                if asked:
                    prompts.append((asked["content"]["prompt"], asked["content"]["password"]))
                    client.input(answers.pop(0))
                continue
            if message["parent_header"].get("msg_id") != id:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
            outputs.append(message)
        else:
            raise AssertionError("the kernel has not become idle")
        while True:
            reply = client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == id:
                return reply["content"], outputs, prompts


def plain(message):
    return message["content"]["data"].get("text/plain", "")


def results(outputs):
    """The texts of a cell's results, each as it was changed last."""
    found = {}
    for message in outputs:
        id = message["content"].get("transient", {}).get("display_id")
        if message["msg_type"] == "execute_result":
            found[id or len(found)] = plain(message)
        elif message["msg_type"] == "update_display_data" and id in found:
            found[id] = plain(message)
    return list(found.values())


def result(outputs):
    return (results(outputs) or [None])[-1]


def text(outputs, name="stdout"):
    """What a cell wrote to a stream; its results are part of standard output."""
    rest = results(outputs)
    return "".join(
        message["content"]["text"] if message["msg_type"] == "stream" else rest.pop(0) + "\n"
        for message in outputs
        if (message["msg_type"] == "stream" and message["content"]["name"] == name) or (name == "stdout" and message["msg_type"] == "execute_result"))


def types(outputs):
    return [m["msg_type"] for m in outputs if m["msg_type"] not in ("status", "execute_input")]


class KernelTests(unittest.TestCase):
    """Tests that share a kernel."""

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.close()

    def run_cell(self, code, **options):
        return self.kernel.run(code, **options)

    def ask(self, id):
        while True:
            reply = self.kernel.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == id:
                return reply["content"]
