"""Notebooks by nbconvert to pages, and the pages in one headless Chromium without a network: with the outputs they have, or, where
--execute is given, run by nbconvert first, with few epochs."""
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile

from browser import Browser

SHORT = "$Epochs = 1; $Floor = 0.15; $Data = 'Shapes'; $PerClass = 400"
# The page's own frame fetches these from a server; what is asked here is what the outputs do.
NOTHING = "data:text/javascript,//"
FRAME = ["--HTMLExporter.require_js_url=" + NOTHING, "--HTMLExporter.mathjax_url=" + NOTHING, "--HTMLExporter.jquery_url=" + NOTHING]


def shorten(path, folder):
    """Copies a notebook with other parameters and without its outputs, as papermill would."""
    with open(path) as file:
        notebook = json.load(file)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    place = next((i + 1 for i, cell in enumerate(notebook["cells"]) if "parameters" in cell["metadata"].get("tags", [])), 0)
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        cell.pop("id", None)
    notebook["cells"].insert(place, {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": SHORT})
    copy = os.path.join(folder, os.path.basename(path))
    with open(copy, "w") as file:
        json.dump(notebook, file)
    return copy


def outputs(path):
    with open(path) as file:
        cells = json.load(file)["cells"]
    return [output["data"] for cell in cells for output in cell.get("outputs", []) if "data" in output]


async def look(browser, page_path, data):
    pages = ["".join(form["text/html"]) for form in data if "text/html" in form]
    charts = sum("ConvNetShellPlotly.draw(\"" in html for html in pages)
    ways = sum('class="cns-way"' in html for html in pages)
    # Predictions have the images' pictures in their HTML; the own picture of a chart or of a number's way goes where its script draws.
    still = [html for html in pages if "ConvNetShellPlotly.draw(\"" not in html and 'class="cns-way"' not in html]
    pictures = sum("image/png" in form and "text/html" not in form for form in data) + sum(html.count('src="data:image/png') for html in still)
    page = await browser.open("file://" + page_path)
    await page.until("document.readyState === 'complete' && document.querySelectorAll('.convnetshell-chart .main-svg').length >= %d" % charts, "not every chart is drawn")
    seen = await page.js("""({
        charts: document.querySelectorAll('.convnetshell-chart.js-plotly-plot').length,
        ways: [...document.querySelectorAll('.cns-way')].filter(e => e.querySelector('canvas')).length,
        traces: [...document.querySelectorAll('.convnetshell-chart')].filter(e => e.querySelector('.trace, .hm, .heatmaplayer, .bars')).length,
        pictures: [...document.images].filter(e => e.src.startsWith('data:image/png') && e.naturalWidth > 0).length })""")
    expected = {"charts": charts, "ways": ways, "traces": charts, "pictures": pictures}
    assert seen == expected, (seen, expected)
    assert charts + pictures > 0, "nothing is drawn"
    assert not page.errors, page.errors
    outside = [url for url in page.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert not outside, outside
    return charts, pictures


async def main(paths, execute):
    folder = tempfile.mkdtemp()
    try:
        copies = [shorten(path, folder) if execute else shutil.copy(path, folder) for path in paths]
        if execute:
            nbconvert("--to", "notebook", "--execute", "--inplace", "--ExecutePreprocessor.timeout=240", *copies)
        nbconvert("--to", "html", *FRAME, *copies)
        failures = []
        with Browser(folder) as browser:
            for copy in copies:
                try:
                    print("%s: %d charts, %d pictures" % (os.path.basename(copy), *await look(browser, copy[:-5] + "html", outputs(copy))))
                except AssertionError as error:
                    failures.append("%s: %s" % (os.path.basename(copy), error))
        assert not failures, "\n".join(failures)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def nbconvert(*words):
    subprocess.run([sys.executable, "-W", "ignore", "-m", "nbconvert", *words], check=True)


if __name__ == "__main__":
    asyncio.run(main([word for word in sys.argv[1:] if word != "--execute"], "--execute" in sys.argv))
