"""The ConvNetShell kernel through jupyter_client: what the conformance suite does not ask for."""
import os
import subprocess
import sys
import time
import unittest
from queue import Empty

from jupyter_client.manager import KernelManager

PATIENCE = 30

# A front end that starts a kernel, says its process and is busy with it.
FRONT_END = """
import time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="convnetshell")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=30)
client.execute("Start-Sleep 300")
print(manager.provisioner.pid, flush=True)
time.sleep(300)
"""


def is_running(process):
    try:
        with open("/proc/%d/stat" % process) as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"  # whoever adopts it may not have asked for its end yet
    except FileNotFoundError:
        return False


def question(client):
    try:
        return client.get_stdin_msg(timeout=0)
    except Empty:
        return None


class Kernel:
    """A kernel and one client."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="convnetshell")
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


def text(outputs, name="stdout"):
    return "".join(m["content"]["text"] for m in outputs if m["msg_type"] == "stream" and m["content"]["name"] == name)


def result(outputs):
    return next((m["content"]["data"]["text/plain"] for m in outputs if m["msg_type"] == "execute_result"), None)


def types(outputs):
    return [m["msg_type"] for m in outputs if m["msg_type"] not in ("status", "execute_input")]


class BehaviourTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.close()

    def run_cell(self, code, **options):
        return self.kernel.run(code, **options)

    def test_what_a_cell_defines_the_next_one_has(self):
        self.run_cell("function Twice($x) { 2 * $x }; class Point { [int]$X }; $kept = 20; enum Colour { Red }; using namespace System.Text".replace("; using namespace System.Text", ""))
        self.run_cell("using namespace System.Text\n$builder = [StringBuilder]::new('b')")
        self.assertEqual(result(self.run_cell("Twice $kept; [Point]@{ X = 3 } | % X; [Colour]::Red; [StringBuilder]::new('c').Length")[1]), "40\n3\nRed\n1")

    def test_a_cell_knows_how_the_last_one_ended(self):
        self.run_cell("/bin/sh -c 'exit 3'")
        self.assertEqual(result(self.run_cell("\"$? $LASTEXITCODE\"")[1]), "False 3")
        self.assertEqual(result(self.run_cell("$?")[1]), "True")

    def test_streams_keep_their_names_and_order(self):
        _, outputs, _ = self.run_cell("Write-Host one; Write-Warning two; [Console]::WriteLine('three'); Write-Verbose four -Verbose; Write-Information five -InformationAction Continue; /bin/sh -c 'echo six; echo seven >&2'; 'eight'")
        self.assertEqual((text(outputs) + result(outputs)).split(), ["one", "three", "five", "six", "eight"])
        self.assertIn("WARNING: two", text(outputs, "stderr"))
        self.assertIn("VERBOSE: four", text(outputs, "stderr"))
        self.assertIn("seven", text(outputs, "stderr"))

    def test_every_kind_of_error_ends_the_cell_with_one_error(self):
        for code, name in [("1/0; 'after'", "DivideByZeroException"), ("Get-Item /no/such; 'after'", "ItemNotFoundException"), ("throw 'x'", "RuntimeException"),
                           ("Write-Error no; 'after'", "WriteErrorException"), ("NoSuchCommand", "CommandNotFoundException"), ("if (", "IncompleteParseException"), ("exit 4", "Exit")]:
            with self.subTest(code=code):
                reply, outputs, _ = self.run_cell(code)
                self.assertEqual(reply["status"], "error")
                self.assertEqual(types(outputs), ["error"])
                self.assertEqual(outputs[-1]["content"]["ename"], reply["ename"])
                self.assertIn(name.replace("WriteErrorException", ""), reply["ename"])
                self.assertTrue(any("CategoryInfo" in line or "exit" in line for line in reply["traceback"]))

    def test_errors_the_user_lets_pass_are_shown(self):
        reply, outputs, _ = self.run_cell("Write-Error 'let it' -ErrorAction Continue; 5")
        self.assertEqual(reply["status"], "ok")
        self.assertIn("let it", text(outputs, "stderr"))
        self.assertEqual(result(outputs), "5")

    def test_questions(self):
        reply, outputs, prompts = self.run_cell("$name = Read-Host 'Name'; \"hi $name\"", answers=["Ada"])
        self.assertEqual((reply["status"], result(outputs)), ("ok", "hi Ada"))
        self.assertEqual(prompts, [("Name: ", False)])
        _, outputs, prompts = self.run_cell("$s = Read-Host 'Key' -AsSecureString; $s.Length", answers=["secret"])
        self.assertEqual((result(outputs), prompts), ("6", [("Key: ", True)]))
        _, outputs, prompts = self.run_cell("$c = Get-Credential -Message m; \"$($c.UserName) $($c.Password.Length)\"", answers=["ada", "pw"])
        self.assertEqual((result(outputs), [p for _, p in prompts]), ("ada 2", [False, True]))
        _, outputs, prompts = self.run_cell("$c = Get-Credential grace; \"$($c.UserName) $((Get-Credential $c).Password.Length)\"", answers=["pw3"])
        self.assertEqual((result(outputs), [p for _, p in prompts]), ("grace 3", [True]))
        code = "$Host.UI.PromptForChoice('Delete', 'Really?', [System.Management.Automation.Host.ChoiceDescription[]]('&Yes', '&No'), 1)"
        self.assertEqual(result(self.run_cell(code, answers=["perhaps", "y"])[1]), "0")
        self.assertEqual(result(self.run_cell(code, answers=[""])[1]), "1")
        _, outputs, _ = self.run_cell("function Ask { param([Parameter(Mandatory)][int]$Count) $Count + 1 }; Ask", answers=["41"])
        self.assertEqual(result(outputs), "42")
        self.run_cell("Set-Content /tmp/cnsh-confirm.txt x; Remove-Item /tmp/cnsh-confirm.txt -Confirm", answers=["y"])
        self.assertFalse(os.path.exists("/tmp/cnsh-confirm.txt"))

    def test_a_question_that_cannot_be_asked_says_so(self):
        reply, _, _ = self.run_cell("Read-Host 'Name'")
        self.assertEqual(reply["status"], "error")
        self.assertIn("standard input", reply["evalue"])

    def interrupt(self, code, after=0.5):
        id = self.kernel.client.execute(code, allow_stdin=True)
        later = [self.kernel.client.execute("'late'") for _ in range(2)]
        time.sleep(after)
        begin = time.time()
        self.kernel.manager.interrupt_kernel()
        reply, outputs, _ = self.kernel.finish(id)
        took = time.time() - begin
        self.assertEqual((reply["status"], reply["ename"]), ("error", "Interrupted"))
        for each in later:
            self.assertEqual(self.kernel.finish(each)[0]["status"], "aborted")
        return took

    def test_an_interrupt_ends_the_cell_and_those_that_wait(self):
        self.run_cell("$before = 7")
        took = {}
        for code in ["Start-Sleep 20", "while ($true) { $x++ }", "/bin/sleep 20", "Read-Host 'never'", "1..1e9 | % { $_ } | Out-Null"]:
            with self.subTest(code=code):
                took[code] = self.interrupt(code)
                self.assertLess(took[code], 5)
        print("interrupts, ms:", {code: round(1000 * value) for code, value in took.items()})
        self.assertEqual(result(self.run_cell("$before")[1]), "7")

    def test_an_interrupted_training_is_kept(self):
        self.interrupt("New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training Shapes -Epochs 50", after=6)
        self.assertEqual(result(self.run_cell("(Get-TrainingRun -Last).Status")[1]), "Stopped")

    def test_an_interrupt_without_a_cell_does_nothing(self):
        self.kernel.manager.interrupt_kernel()
        self.assertEqual(result(self.run_cell("8")[1]), "8")

    def test_after_an_error_the_waiting_cells_are_aborted_unless_told_otherwise(self):
        client = self.kernel.client
        ids = [client.execute(code) for code in ("Start-Sleep -Milliseconds 300; throw 'x'", "1", "2")]
        self.assertEqual([self.kernel.finish(id)[0]["status"] for id in ids], ["error", "aborted", "aborted"])
        ids = [client.execute(code, stop_on_error=False) for code in ("Start-Sleep -Milliseconds 300; throw 'x'", "1")]
        self.assertEqual([self.kernel.finish(id)[0]["status"] for id in ids], ["error", "ok"])

    def test_silent_and_store_history(self):
        before = self.run_cell("1")[0]["execution_count"]
        reply, outputs, _ = self.run_cell("'quiet'", silent=True)
        self.assertEqual((reply["execution_count"], types(outputs)), (before, []))
        self.assertEqual(self.run_cell("2", store_history=False)[0]["execution_count"], before)
        self.assertEqual(self.run_cell("3")[0]["execution_count"], before + 1)

    def test_user_expressions(self):
        reply, _, _ = self.run_cell("$e = 4", user_expressions={"good": "$e + 1", "bad": "1/0"})
        self.assertEqual(reply["user_expressions"]["good"]["data"]["text/plain"], "5")
        self.assertEqual(reply["user_expressions"]["bad"]["status"], "error")

    def test_much_output_is_few_messages_and_fast(self):
        for code in ["1..20000 | % { \"line $_\" }", "for ($i = 1; $i -le 20000; $i++) { Write-Host \"line $i\" }"]:
            begin = time.time()
            _, outputs, _ = self.run_cell(code)
            print("20,000 lines: %.2f s, %d messages" % (time.time() - begin, len(types(outputs))))
            self.assertLess(len(types(outputs)), 60)
            self.assertEqual(text(outputs).splitlines(), ["line %d" % i for i in range(1, 20001)])

    def test_very_much_output_is_cut_with_a_note(self):
        _, outputs, _ = self.run_cell("1..3000 | % { 'x' * 1000 }")
        self.assertLess(len(text(outputs)), 1_100_000)
        self.assertIn("rest is left out", text(outputs))

    def test_displays_are_updated_at_most_twice_a_second(self):
        _, outputs, _ = self.run_cell("$id = 'start' | Out-Display -PassThru; 1..100 | % { \"step $_\" | Out-Display -Id $id; Start-Sleep -Milliseconds 10 }")
        updates = [m for m in outputs if m["msg_type"] == "update_display_data"]
        self.assertLess(len(updates), 8)
        self.assertEqual(updates[-1]["content"]["data"]["text/plain"], "step 100")
        shown = next(m for m in outputs if m["msg_type"] == "display_data")
        self.assertEqual(shown["content"]["transient"]["display_id"], updates[-1]["content"]["transient"]["display_id"])

    def test_progress_is_one_bar_that_goes(self):
        _, outputs, _ = self.run_cell("1..50 | % { Write-Progress Working -PercentComplete (2 * $_); Start-Sleep -Milliseconds 20 }")
        bars = [m for m in outputs if m["msg_type"] == "display_data"]
        self.assertEqual(len(bars), 1)
        self.assertIn("<progress", bars[0]["content"]["data"]["text/html"])
        self.assertEqual([m for m in outputs if m["msg_type"] == "update_display_data"][-1]["content"]["data"]["text/html"], "")

    def test_clear_output(self):
        _, outputs, _ = self.run_cell("Write-Host x; Start-Sleep -Milliseconds 200; Clear-Host; Write-Host y")
        self.assertEqual(types(outputs), ["stream", "clear_output", "stream"])

    def test_unknown_comms_are_closed(self):
        client = self.kernel.client
        message = client.session.msg("comm_open", {"comm_id": "abc", "target_name": "none", "data": {}})
        client.shell_channel.send(message)
        answers = []
        while not answers or answers[-1]["msg_type"] != "status" or answers[-1]["content"]["execution_state"] != "idle":
            answer = client.get_iopub_msg(timeout=PATIENCE)
            if answer["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                answers.append(answer)
        self.assertEqual([a["content"]["comm_id"] for a in answers if a["msg_type"] == "comm_close"], ["abc"])
        client.comm_info()
        self.assertEqual(client.get_shell_msg(timeout=PATIENCE)["content"]["comms"], {})

    def ask(self, id):
        while True:
            reply = self.kernel.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == id:
                return reply["content"]

    def test_completion_counts_code_points(self):
        code = "'\U0001F600\U0001F600'; Get-NetworkPr"
        reply = self.ask(self.kernel.client.complete(code, len(code)))
        self.assertEqual(reply["matches"], ["Get-NetworkPreset"])
        self.assertEqual(code[reply["cursor_start"]:reply["cursor_end"]], "Get-NetworkPr")

    def test_completion_of_files_and_variables(self):
        self.run_cell("$someVariable = 1; Set-Location /usr")
        self.assertIn("$someVariable", self.ask(self.kernel.client.complete("$someVar", 8))["matches"])
        self.assertTrue(any("share" in m for m in self.ask(self.kernel.client.complete("Get-ChildItem ./sha", 19))["matches"]))

    def test_inspection(self):
        client = self.kernel.client
        for code, expected in [("Start-Training", "Start-Training"), ("New-ConvLayer -Padding", "-Padding"), ("[System.Text.StringBuilder]", "AppendLine"), ("gci", "Get-ChildItem")]:
            with self.subTest(code=code):
                reply = self.ask(client.inspect(code, len(code)))
                self.assertTrue(reply["found"] or code == "gci", reply)
                if reply["found"]:
                    self.assertIn(expected, reply["data"]["text/plain"])
        self.run_cell("$inspected = 123")
        self.assertIn("System.Int32", self.ask(client.inspect("$inspected", 5))["data"]["text/plain"])
        self.assertFalse(self.ask(client.inspect("No-SuchThing", 5))["found"])

    def test_two_clients(self):
        other = self.kernel.new_client()
        try:
            self.run_cell("$shared = 'both'")
            _, outputs, _ = self.kernel.run("$shared", client=other)
            self.assertEqual(result(outputs), "both")
            _, outputs, prompts = self.kernel.run("Read-Host q", client=other, answers=["from the other"])
            self.assertEqual(result(outputs), "from the other")
        finally:
            other.stop_channels()

    def test_a_thousand_cells(self):
        begin = time.time()
        for i in range(1000):
            self.assertEqual(result(self.run_cell(str(i))[1]), str(i))
        print("1,000 cells: %.1f s" % (time.time() - begin))


class LifeTests(unittest.TestCase):
    def test_history_outlives_a_restart_and_variables_do_not(self):
        kernel = Kernel()
        try:
            kernel.run("$lost = 'remember me'")
            kernel.manager.restart_kernel(now=False)
            kernel.client.wait_for_ready(timeout=PATIENCE)
            self.assertEqual(result(kernel.run("\"[$lost]\"")[1]), "[]")
            id = kernel.client.history(hist_access_type="search", pattern="*remember me*", n=5)
            while True:
                reply = kernel.client.get_shell_msg(timeout=PATIENCE)
                if reply["parent_header"].get("msg_id") == id:
                    break
            self.assertEqual(reply["content"]["history"][-1][2], "$lost = 'remember me'")
        finally:
            kernel.close()

    def test_the_kernel_ends_with_a_front_end_that_was_killed(self):
        front_end = subprocess.Popen([sys.executable, "-W", "ignore", "-c", FRONT_END], stdout=subprocess.PIPE, text=True)
        kernel = int(front_end.stdout.readline())
        self.assertTrue(is_running(kernel))
        front_end.kill()
        front_end.wait()
        front_end.stdout.close()
        begin = time.time()
        while is_running(kernel) and time.time() < begin + PATIENCE:
            time.sleep(0.1)
        self.assertFalse(is_running(kernel))
        print("gone %.1f s after its front end" % (time.time() - begin))

    def test_a_running_cell_does_not_hold_up_the_shutdown(self):
        kernel = Kernel()
        kernel.client.execute("Start-Sleep 60")
        time.sleep(0.3)
        begin = time.time()
        kernel.close()
        self.assertLess(time.time() - begin, 5)
        self.assertFalse(kernel.manager.is_alive())


if __name__ == "__main__":
    unittest.main(verbosity=2)
