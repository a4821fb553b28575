"""Subshells (JEP 91) and the view of variables through jupyter_client, while a network is trained in the main shell."""
import time
import unittest

from client import PATIENCE, Kernel, KernelTests, result, types

TRAIN = "$data = Import-Dataset Shapes; $net = New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32; " \
    "$image = Select-Sample $data; $net | Start-Training $data -Epochs 500 | Out-Null; 'ended'"


class SubshellTests(KernelTests):
    def control(self, kind, content=None):
        client = self.kernel.client
        message = client.session.msg(kind, content or {})
        client.control_channel.send(message)
        while True:
            reply = client.get_control_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]

    def start(self, code, subshell=None, stdin=False):
        client = self.kernel.client
        content = dict(code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=stdin, stop_on_error=True)
        message = client.session.msg("execute_request", content)
        if subshell:
            message["header"]["subshell_id"] = subshell
        client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def debug(self, command, **arguments):
        return self.control("debug_request", {"type": "request", "seq": 1, "command": command, "arguments": arguments})

    def test_a_network_that_is_trained_is_looked_into(self):
        subshell = self.control("create_subshell_request")["subshell_id"]
        main = self.start(TRAIN)
        code = "$now = Get-TrainingRun -Last; (Get-FeatureMap $now conv1 $image).Count; \"$($now.Status)\""
        shown, end = None, time.time() + PATIENCE
        while shown != "4\nRunning" and time.time() < end:
            time.sleep(0.2)
            shown = result(self.kernel.finish(self.start(code, subshell))[1])  # an error until the training has begun
        self.assertEqual(shown, "4\nRunning")
        begin = time.time()
        variables = {each["name"]: each for each in self.debug("inspectVariables")["body"]["variables"]}
        print("variables while a cell runs: %.0f ms" % (1000 * (time.time() - begin)))
        self.assertEqual({"data", "net", "image"} - set(variables), set())
        self.assertEqual(variables["net"]["type"], "Network")
        self.assertIn("3 x 32 x 32".replace(" x ", "x"), variables["net"]["value"].replace(" x ", "x").replace(",", "x"))
        self.assertIn("image/png", self.debug("richInspectVariables", variableName="image")["body"]["data"])
        self.kernel.manager.interrupt_kernel()
        reply, outputs, _ = self.kernel.finish(main)
        self.assertEqual((reply["status"], reply["ename"]), ("error", "Interrupted"))
        self.control("delete_subshell_request", {"subshell_id": subshell})

    def test_each_shell_gets_its_own_answer(self):
        subshell = self.control("create_subshell_request")["subshell_id"]
        client = self.kernel.client
        ids = {self.start("Read-Host main", stdin=True): "for the main", self.start("Read-Host sub", subshell, stdin=True): "for the other"}
        questions = [client.get_stdin_msg(timeout=PATIENCE) for _ in ids]
        for question in reversed(questions):
            asked = question["parent_header"]["msg_id"]
            client.stdin_channel.send(client.session.msg("input_reply", {"value": ids[asked]}, parent=question))
        replies, found = set(), {}
        while len(replies) < 2:
            message = client.get_iopub_msg(timeout=PATIENCE)
            id = message["parent_header"].get("msg_id")
            if id in ids and message["msg_type"] == "execute_result":
                found[id] = message["content"]["data"]["text/plain"]
            if id in ids and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                replies.add(id)
        self.assertEqual(found, ids)
        self.control("delete_subshell_request", {"subshell_id": subshell})

    def test_outputs_belong_to_their_requests(self):
        subshell = self.control("create_subshell_request")["subshell_id"]
        client = self.kernel.client
        main, other = self.start("1..20 | % { Write-Host m; Start-Sleep -Milliseconds 20 }"), self.start("1..20 | % { Write-Host s; Start-Sleep -Milliseconds 20 }", subshell)
        texts, done = {main: "", other: ""}, 0
        while done < 2:
            message = client.get_iopub_msg(timeout=PATIENCE)
            id = message["parent_header"].get("msg_id")
            if message["msg_type"] == "stream":
                texts[id] += message["content"]["text"]
                self.assertEqual(message["parent_header"].get("subshell_id"), subshell if id == other else None)
            elif message["msg_type"] == "status" and message["content"]["execution_state"] == "idle" and id in texts:
                done += 1
        self.assertEqual(texts, {main: "m\n" * 20, other: "s\n" * 20})
        self.control("delete_subshell_request", {"subshell_id": subshell})

    def test_a_wrong_id_is_an_error(self):
        reply, outputs, _ = self.kernel.finish(self.start("1", "none"))
        self.assertEqual((reply["status"], reply["ename"]), ("error", "SubshellNotFound"))
        self.assertEqual(types(outputs), ["error"])


class ShutdownTests(unittest.TestCase):
    def test_shutdown_ends_all_shells(self):
        kernel = Kernel()
        client = kernel.client
        message = client.session.msg("create_subshell_request", {})
        client.control_channel.send(message)
        subshell = client.get_control_msg(timeout=PATIENCE)["content"]["subshell_id"]
        cell = client.session.msg("execute_request", dict(code="Start-Sleep 300", silent=False, allow_stdin=False))
        cell["header"]["subshell_id"] = subshell
        client.shell_channel.send(cell)
        time.sleep(2)
        begin = time.time()
        kernel.manager.shutdown_kernel()
        self.assertLess(time.time() - begin, 10)
        self.assertFalse(kernel.manager.is_alive())
        client.stop_channels()


if __name__ == "__main__":
    unittest.main(verbosity=2)
