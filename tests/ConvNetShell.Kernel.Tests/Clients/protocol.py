"""The kernel through jupyter_client: what is the same in whichever program it runs."""
import time
import unittest

from client import PATIENCE, KernelTests, result, results, text, types


class ProtocolTests(KernelTests):
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
            seconds = time.time() - begin
            print("20,000 lines: %.2f s, %d messages" % (seconds, len(types(outputs))))
            self.assertLess(len(types(outputs)), 20 + 20 * seconds)  # one each 50 ms at most
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

    def test_what_a_cell_leaves_does_not_depend_on_its_speed(self):
        code = "1; {0}; 'a', 'b'; {0}; Write-Host host; {0}; 2; {0}"
        for pause in ("", "Start-Sleep -Milliseconds 700"):
            _, outputs, _ = self.run_cell(code.format(pause))
            self.assertEqual(results(outputs), ["1\na\nb", "2"])
            self.assertEqual([kind for kind in types(outputs) if kind != "update_display_data"], ["execute_result", "stream", "execute_result"])
        _, outputs, _ = self.run_cell("3; Start-Sleep -Milliseconds 700; throw 'late'")
        self.assertEqual((types(outputs), results(outputs)), (["execute_result", "error"], ["3"]))

    def test_a_slow_result_is_seen_before_the_cell_ends(self):
        begin, seen = time.time(), None
        client = self.kernel.client
        id = client.execute("5; Start-Sleep 2", allow_stdin=False)
        while True:
            message = client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == id:
                seen = seen or (message["msg_type"] == "execute_result" and time.time() - begin)
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    break
        self.assertLess(seen, time.time() - begin - 0.5)

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

    def test_completion_counts_code_points(self):
        code = "'\U0001F600\U0001F600'; Get-NetworkPr"
        reply = self.ask(self.kernel.client.complete(code, len(code)))
        self.assertEqual(reply["matches"], ["Get-NetworkPreset"])
        self.assertEqual(code[reply["cursor_start"]:reply["cursor_end"]], "Get-NetworkPr")

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

    def test_hundreds_of_cells(self):
        begin = time.time()
        for i in range(400):
            self.assertEqual(result(self.run_cell(str(i))[1]), str(i))
        print("400 cells: %.1f s" % (time.time() - begin))

    def test_every_request_gets_its_reply(self):
        client = self.kernel.client
        reply = self.ask(client.history(hist_access_type="search", pattern="["))
        self.assertEqual((reply["status"], reply["ename"]), ("error", "WildcardPatternException"))
        for channel, receive in [(client.shell_channel, client.get_shell_msg), (client.control_channel, client.get_control_msg)]:
            message = client.session.msg("strange_request", {})
            channel.send(message)
            while True:
                reply = receive(timeout=PATIENCE)
                if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                    break
            self.assertEqual((reply["msg_type"], reply["content"]["status"]), ("strange_reply", "error"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
