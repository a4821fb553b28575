"""The kernel through jupyter_client, where the program it runs in may matter: what the conformance suite does not ask for."""
import os
import subprocess
import sys
import tempfile
import time
import unittest

from client import PATIENCE, Kernel, KernelTests, result, text, types

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


class BehaviourTests(KernelTests):
    def test_what_a_cell_defines_the_next_one_has(self):
        self.run_cell("function Twice($x) { 2 * $x }; class Point { [int]$X }; $kept = 20; enum Colour { Red }; using namespace System.Text".replace("; using namespace System.Text", ""))
        self.run_cell("using namespace System.Text\n$builder = [StringBuilder]::new('b')")
        self.assertEqual(result(self.run_cell("Twice $kept; [Point]@{ X = 3 } | % X; [Colour]::Red; [StringBuilder]::new('c').Length")[1]), "40\n3\nRed\n1")

    def test_cells_look_into_a_training_that_runs_as_a_job(self):
        start = "$data = Import-Dataset Shapes; $job = New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training $data -Epochs 500 -AsJob"
        for _ in range(3):  # on busy cores the interrupt of the test before it has been seen to end this cell
            started = self.run_cell(start)
            if result(self.run_cell("$null -ne $job")[1]) == "True":
                break
        code = "1..200 | % { if ((Get-TrainingRun -Last).Status -ne 'Running') { Start-Sleep -Milliseconds 100 } }; $now = Get-TrainingRun -Last; (Get-FeatureMap $now conv1 (Select-Sample $data)).Count; \"$($now.Status)\""
        outputs = self.run_cell(code)[1]
        self.assertEqual(result(outputs), "4\nRunning", (started, outputs))
        self.assertEqual(result(self.run_cell("Stop-Job $job; \"$((Get-TrainingRun -Last).Status)\"")[1]), "Stopped")

    def test_a_cell_knows_how_the_last_one_ended(self):
        self.run_cell("/bin/sh -c 'exit 3'")
        self.assertEqual(result(self.run_cell("\"$? $LASTEXITCODE\"")[1]), "False 3")
        self.assertEqual(result(self.run_cell("$?")[1]), "True")

    def test_streams_keep_their_names_and_order(self):
        _, outputs, _ = self.run_cell("Write-Host one; Write-Warning two; [Console]::WriteLine('three'); Write-Verbose four -Verbose; Write-Information five -InformationAction Continue; /bin/sh -c 'echo six; echo seven >&2'; 'eight'")
        self.assertEqual(text(outputs).split(), ["one", "three", "five", "six", "eight"])
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

    def interrupt(self, code, begun=None):
        """Interrupts a cell: as soon as it has written a text, or after half a second."""
        id = self.kernel.client.execute(code, allow_stdin=True)
        later = [self.kernel.client.execute("'late'") for _ in range(2)]
        if begun:
            self.addCleanup(self.kernel.manager.interrupt_kernel)  # a cell that goes on would hold up every other test
            while begun not in self.kernel.client.get_iopub_msg(timeout=4 * PATIENCE)["content"].get("text", ""):
                pass
        else:
            time.sleep(0.5)
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
        self.interrupt("New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training Shapes -Epochs 50 -Threads 1 -OnEpoch { Write-Host \"epoch $($_.Epoch)\" }", begun="epoch 1")
        self.assertEqual(result(self.run_cell("(Get-TrainingRun -Last).Status")[1]), "Stopped")

    def test_an_interrupt_without_a_cell_does_nothing(self):
        client = self.kernel.client
        message = client.session.msg("interrupt_request", {})
        client.control_channel.send(message)  # the manager would not wait for the reply
        while client.get_control_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            pass
        self.assertEqual(result(self.run_cell("8")[1]), "8")

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
        for code, word in [("$table.Count", "int Count {get;}"), ("[math]::Sin", "double Sin(double a)"), ("$table.a[0].Name", "string Name"), ("$table.GetType", "type GetType()")]:
            self.run_cell("$table = @{ a = @(Get-Item /tmp) }")
            self.assertIn(word, self.ask(client.inspect(code, len(code)))["data"].get("text/plain", ""), code)
        self.assertFalse(self.ask(client.inspect("$table.GetType().Name", 21))["found"])
        self.assertFalse(self.ask(client.inspect("No-SuchThing", 5))["found"])


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

    def test_the_path_of_the_connection_file_may_have_any_characters(self):
        with tempfile.TemporaryDirectory() as folder:
            awkward = os.path.join(folder, "it's [a] $path; `x` {y} \u00fc\u4e2d")
            os.mkdir(awkward)
            kernel = Kernel(connection_file=os.path.join(awkward, "kernel 'one'.json"))
            try:
                self.assertEqual(result(kernel.run("(New-Network LeNet5).ParameterCount")[1]), "61706")
            finally:
                kernel.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
