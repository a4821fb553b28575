"""The page of jupyter notebook in headless Chromium: a cell runs, a display changes in place, a training
draws itself and is interrupted, and all runs again on a new kernel."""
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from browser import PATIENCE, Browser, end, free_port, wait_for


def cell(source):
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


CELLS = [
    "'<b class=\"shown\">bold</b>' | Out-Display -Html; 6 * 7",
    "$id = 'epoch 0' | Out-Display -PassThru; 1..4 | ForEach-Object { Start-Sleep -Milliseconds 600; \"epoch $_\" | Out-Display -Id $id }",
    "New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training Shapes -Epochs 200 -Show",
    "\"after: $((Get-TrainingRun -Last).Status)\"",
    "9, 100, 20 | ForEach-Object { [pscustomobject]@{ Number = $_ } }; Start-Sleep 1; [pscustomobject]@{ Number = 3 }",
]


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
    charts, end = [], time.time() + PATIENCE
    while time.time() < end and len(charts) < 4:
        now = await page.js("[...document.querySelectorAll('.code_cell')[2].querySelectorAll('.convnetshell-chart.js-plotly-plot')].map(e => e.id)")
        assert len(now) <= 1, now
        charts += [each for each in now if each not in charts]
        await asyncio.sleep(0.1)
    assert len(charts) >= 4, "the chart of the training does not change"
    begin = time.time()
    await page.js("Jupyter.notebook.kernel.interrupt()")
    await page.until(text % 2 + ".includes('Interrupted')", "the training was not interrupted")
    took = time.time() - begin
    await page.js("Jupyter.notebook.execute_cells([3])")
    await page.until(text % 3 + ".includes('after: Stopped')", "the run is lost")
    await page.js("Jupyter.notebook.execute_cells([4])")
    rows = "[...document.querySelectorAll('.code_cell')[4].querySelectorAll('tbody td')].map(e => e.textContent).join()"
    # Until the cell has ended, the table may be sent once more, unsorted.
    await page.until("Number.isInteger(Jupyter.notebook.get_cell(4).input_prompt_number) && " + rows + " === '9,100,20,3'", "the table is not shown")
    await page.js("document.querySelectorAll('.code_cell')[4].querySelector('th').click()")
    await page.until(rows + " === '3,9,20,100'", "the table is not sorted")
    await page.js("Jupyter.notebook.get_cell(2).set_text(\"'not set: ' + ($null -eq $id)\"); Jupyter.notebook.get_cell(1).set_text(\"'again'\")")
    await page.js("Jupyter.notebook.restart_run_all({ confirm: false })")
    await page.until("Jupyter.notebook.get_cells().map(c => c.input_prompt_number).join() === '1,2,3,4,5'", "the notebook was not run again")
    await page.until(text % 0 + ".includes('42') && " + text % 2 + ".includes('not set: True')", "the new kernel has not answered")
    # Jupyter's page itself asks for the widgets' extension, whether it is installed or not.
    errors = [each for each in page.errors if "/nbextensions/widgets/" not in str(each)]
    assert not errors, errors
    print("seen:", seen, "charts in one place:", len(charts), "interrupted after %.2f s" % took)


async def main():
    folder = tempfile.mkdtemp()
    server = None
    try:
        with open(os.path.join(folder, "page.ipynb"), "w") as file:
            json.dump({"cells": [cell(c) for c in CELLS], "metadata": {"kernelspec": {"name": "convnetshell", "display_name": "ConvNetShell", "language": "powershell"}}, "nbformat": 4, "nbformat_minor": 4}, file)
        port = free_port()
        server = subprocess.Popen(
            [shutil.which("jupyter-notebook"), "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=%d" % port, "--NotebookApp.token=", "--notebook-dir=" + folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        wait_for("http://127.0.0.1:%d/api" % port)
        with Browser(folder) as browser:
            await check(await browser.open("http://127.0.0.1:%d/notebooks/page.ipynb" % port))
    finally:
        end(server)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if not shutil.which("jupyter-notebook") or not shutil.which("chromium"):
        sys.exit("jupyter-notebook or chromium is missing")
    asyncio.run(main())
