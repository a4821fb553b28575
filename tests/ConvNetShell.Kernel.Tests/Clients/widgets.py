"""Sliders and buttons through jupyter_client and nbclient: the messages of the Jupyter widget protocol 2.1.0."""
import time
import unittest

import nbclient
import nbformat

from client import PATIENCE, Kernel, KernelTests, result

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


class WidgetTests(KernelTests):
    def states(self, outputs):
        return {m["content"]["comm_id"]: m["content"]["data"]["state"] for m in outputs if m["msg_type"] == "comm_open"}

    def count(self):
        return self.run_cell("", silent=True)[0]["execution_count"]

    def find(self, outputs, model):
        return next(id for id, state in self.states(outputs).items() if state["_model_name"] == model)

    def send(self, comm, data, subshell=None):
        client = self.kernel.client
        message = client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        if subshell:
            message["header"]["subshell_id"] = subshell
        client.shell_channel.send(message)
        return message["header"]["msg_id"]

    def said(self, id):
        """What iopub says of a message until its end."""
        found = []
        while True:
            message = self.kernel.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == id:
                if message["msg_type"] != "status":
                    found.append(message)
                elif message["content"]["execution_state"] == "idle":
                    return found

    def move(self, comm, value):
        return self.said(self.send(comm, {"method": "update", "state": {"value": value}, "buffer_paths": []}))

    def outputs(self, messages):
        states = [m["content"]["data"]["state"] for m in messages if m["msg_type"] == "comm_msg"]
        return [state["outputs"] for state in states if "outputs" in state][-1]

    def test_a_slider_turns_the_pages_of_a_network(self):
        code = "$net = New-Network -Preset LeNet5; $img = Import-Dataset Shapes -Resize 1,32,32 | Select-Sample; Show-Slider -Maximum 5 -Description Map { param($i) Get-FeatureMap $net conv1 $img -Channel $i }"
        _, shown, _ = self.run_cell(code)
        view = next(m for m in shown if m["msg_type"] == "display_data")["content"]["data"]
        self.assertIn(view[VIEW]["model_id"], self.states(shown))
        self.assertIn("image/png", view)
        self.assertIn("Map: 0 (from 0 to 5)", view["text/plain"])
        outputs = self.outputs(self.move(self.find(shown, "IntSliderModel"), 3))
        drawn = [output["data"]["image/png"] for output in outputs if "data" in output]
        self.assertEqual(len(drawn), 1, outputs)
        self.assertNotEqual(drawn[0], view["image/png"])

    def test_dragging_runs_the_newest_value(self):
        _, shown, _ = self.run_cell("$ran = @(); Show-Slider -Maximum 60 { param($i) $global:ran += $i; Start-Sleep -Milliseconds 200 }")
        slider = self.find(shown, "IntSliderModel")
        ids = [self.send(slider, {"method": "update", "state": {"value": i}}) for i in range(1, 51)]
        for id in ids:
            self.said(id)
        ran = result(self.run_cell("\"$ran\"")[1]).split()
        self.assertEqual(ran[-1], "50")
        self.assertLess(len(ran), 10)

    def test_an_error_of_a_script_is_shown_with_its_position(self):
        _, shown, _ = self.run_cell("Show-Slider -Maximum 3 {\n    param($i)\n    1 / $(1 - $i)\n}")
        outputs = self.outputs(self.move(self.find(shown, "IntSliderModel"), 1))
        self.assertEqual(outputs[0]["output_type"], "error")
        self.assertEqual(outputs[0]["ename"], "DivideByZeroException")
        self.assertIn("line 3", "\n".join(outputs[0]["traceback"]))

    def test_an_error_names_its_command(self):
        _, shown, _ = self.run_cell("Show-Slider -Maximum 3 { param($i)\n    Get-FeatureMap -NoSuch }")
        error = self.outputs(shown)[0]
        self.assertIn("[Get-FeatureMap]", "\n".join(error["traceback"]))
        self.assertEqual([line for line in error["traceback"] if "In[" in line], ["At In[%d], line 2" % self.count(), "Called from In[%d], line 1" % self.count()])

    def test_an_interrupt_stops_a_script(self):
        _, shown, _ = self.run_cell("Show-Button Wait { Start-Sleep 60 }")
        id = self.send(self.find(shown, "ButtonModel"), {"method": "custom", "content": {"event": "click"}})
        time.sleep(1)
        begin = time.time()
        self.kernel.manager.interrupt_kernel()
        messages = self.said(id)
        self.assertLess(time.time() - begin, 5)
        self.assertEqual(self.outputs(messages)[-1]["ename"], "Interrupted")
        self.assertEqual(result(self.run_cell("6 * 7")[1]), "42")

    def test_nbclient_stores_the_state_and_a_picture(self):
        notebook = nbformat.v4.new_notebook()
        notebook.cells.append(nbformat.v4.new_code_cell("$net = New-Network -Preset LeNet5\nShow-Slider -Maximum 5 { param($i) $net | Get-Filter -Layer conv1 -Index $i }"))
        nbclient.NotebookClient(notebook, kernel_name="convnetshell", timeout=PATIENCE).execute()
        states = notebook.metadata["widgets"][STATE]["state"]
        data = notebook.cells[0].outputs[0]["data"]
        self.assertEqual(states[data[VIEW]["model_id"]]["model_name"], "VBoxModel")
        area = next(state for state in states.values() if state["model_name"] == "OutputModel")
        self.assertEqual(area["state"]["outputs"][0]["data"]["image/png"], data["image/png"])
        nbformat.validate(notebook)


if __name__ == "__main__":
    unittest.main(verbosity=2)
