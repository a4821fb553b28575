"""The three ways of the README's section on .NET Interactive, in its real host, through Jupyter and without a network.

CONVNETSHELL_ROOT is the repository, CONVNETSHELL_FEED a folder with the packed ConvNetShell.Interactive, and
CONVNETSHELL_PACKAGES the folder of restored packages; JUPYTER_DATA_DIR must be an empty folder."""
import json
import os
import shutil
import tempfile
import time
import unittest

from jupyter_client.manager import KernelManager

ROOT, FEED, PACKAGES = (os.environ["CONVNETSHELL_" + name] for name in ("ROOT", "FEED", "PACKAGES"))
PATIENCE = 240
NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: whoever fetches something fails

# Nothing is fetched: no source but the one that a cell names, and what the build has restored.
NUGET = """<configuration>
  <packageSources><clear /></packageSources>
  <fallbackPackageFolders><clear /><add key="restored" value="%s" /></fallbackPackageFolders>
</configuration>"""

RECORDS = """
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
var random = new Random(1);
float[] Noise(int count) => Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1).ToArray();
double[][] Plane(int side) => Enumerable.Range(0, side).Select(_ => Noise(side).Select(x => (double)x).ToArray()).ToArray();
var map = new FeatureMap("conv1", 0, "Test[0]", "8x8", Noise(64)) { Height = 8, Width = 8, Data = new[] { Plane(8) } };
var plane = Plane(5);
var filter = new LayerFilter("conv1", 0, "1x5x5", 0.5, new[] { plane }, plane.SelectMany(row => row).ToArray());
var history = new HistoryChart("run", Enumerable.Range(1, 5).Select(i => new EpochRecord(i, 2.0 / i, 1 - 0.9 / i, 2.1 / i, 0.9 - 0.8 / i, 0.02, 5000, TimeSpan.FromSeconds(i))).ToArray());
"""


def png(data):
    return data.get("image/png", "").startswith("iVBOR")


class Notebook:
    """A kernel of .NET Interactive and a client, in a folder of their own."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        sources = os.path.join(self.folder, "NuGet.Config")
        with open(sources, "w") as file:
            file.write(NUGET % PACKAGES)
        temporary, packages = (os.path.join(self.folder, name) for name in ("tmp", "packages"))
        os.mkdir(temporary)
        # The default kernel must be C#: with pwsh, version 1.0.712001 never answers Jupyter.
        spec = {
            "argv": ["dotnet", "dotnet-interactive", "jupyter", "{connection_file}", "--default-kernel", "csharp", "--http-local-only"],
            "display_name": ".NET Interactive", "language": "C#",
            "env": {"DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "POWERSHELL_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1",
                    "HOME": self.folder, "DOTNET_CLI_HOME": os.environ.get("DOTNET_CLI_HOME", os.environ["HOME"]), "TMPDIR": temporary, "NUGET_PACKAGES": packages, "RestoreConfigFile": sources,
                    "http_proxy": NOWHERE, "https_proxy": NOWHERE, "no_proxy": "127.0.0.1,localhost"},
        }
        kernels = os.path.join(os.environ["JUPYTER_DATA_DIR"], "kernels", "dotnet-interactive")
        os.makedirs(kernels, exist_ok=True)
        with open(os.path.join(kernels, "kernel.json"), "w") as file:
            json.dump(spec, file)
        with open(os.path.join(self.folder, "log"), "w") as log:
            self.manager = KernelManager(kernel_name="dotnet-interactive")
            self.manager.start_kernel(cwd=ROOT, stdout=log, stderr=log)
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, code):
        """Runs a cell and returns what it has shown, as (type, MIME type to content); fails where the cell does."""
        id, shown = self.client.execute(code), []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != id:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                raise AssertionError("%s\n%s\n%s" % (code, content["evalue"], "".join(data.get("text/plain", "") for _, data in shown)))
            if kind == "status" and content["execution_state"] == "idle":
                return shown
            if "data" in content:
                shown.append((kind, content["data"]))
            elif kind == "stream":
                shown.append((kind, {"text/plain": content["text"]}))


class InteractiveTests(unittest.TestCase):
    def setUp(self):
        self.begin = time.time()
        self.notebook = Notebook()
        self.addCleanup(lambda: print("%s: %.0f s" % (self.id().split(".")[-1], time.time() - self.begin)))
        self.addCleanup(self.notebook.close)

    def drawn(self, code):
        """The forms of what a cell has drawn."""
        found = [data for kind, data in self.notebook.run(code) if kind in ("display_data", "execute_result", "update_display_data") and (png(data) or "text/html" in data)]
        self.assertTrue(found, code)
        return found

    def test_the_module_in_the_powershell_kernel(self):
        self.notebook.run("#!pwsh\nImport-Module ./ConvNetShell.psd1\n$net = New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32")
        live = self.drawn("#!pwsh\n$run = $net | Start-Training Shapes -Epochs 2 -MaxSteps 20 -Seed 0 -Show")
        self.assertTrue(any(png(data) for data in live), [list(data) for data in live])
        self.assertTrue(any("ConvNetShellPlotly" in data.get("text/html", "") for data in live))
        for code in ["Get-Filter $run conv1 | Show-Image", "Get-FeatureMap $run conv1 (Select-Sample $run -Count 1) | Show-Image"]:
            self.assertTrue(all(png(data) for data in self.drawn("#!pwsh\n" + code)), code)
        self.assertTrue(any("<table" in data.get("text/html", "") or "<div" in data.get("text/html", "") for data in self.drawn("#!pwsh\n$net")))

    def check_records(self):
        self.notebook.run(RECORDS)
        for name in ("map", "filter"):
            self.assertTrue(png(self.drawn(name)[-1]), name)
        loss = self.drawn("history")
        self.assertTrue(any("ConvNetShellPlotly.draw(" in data.get("text/html", "") for data in loss), [list(data) for data in loss])
        picture = self.drawn('history.Display("image/png");')
        self.assertTrue(png(picture[-1]), [list(data) for data in picture])

    def test_the_package_in_csharp(self):
        self.notebook.run('#i "nuget:%s"\n#r "nuget: ConvNetShell.Interactive"' % FEED)
        self.check_records()

    def test_the_build_in_csharp(self):
        self.notebook.run('#r "module/bin/ConvNetShell.Interactive.dll"\n#!import "module/bin/extension.dib"')
        self.check_records()


if __name__ == "__main__":
    unittest.main(verbosity=2)
