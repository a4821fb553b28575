using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Kernel.Notebooks;

/// <summary>Writes tests of notebooks as JUnit's XML, which CI systems read: a suite a notebook, a case a cell.</summary>
internal static class JUnitReport
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<NotebookTest> tests)
    {
        var suites = new XElement("testsuites", tests.GroupBy(test => test.Notebook).Select(Suite));
        string text = new XDeclaration("1.0", "utf-8", null) + "\n" + suites + "\n";
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text));
    }

    private static XElement Suite(IGrouping<string, NotebookTest> notebook) =>
        new(
            "testsuite",
            new XAttribute("name", Clean(Path.GetFileName(notebook.Key))),
            new XAttribute("tests", notebook.Count()),
            new XAttribute("failures", notebook.Count(test => test.Status is NotebookTestStatus.Failed or NotebookTestStatus.Changed)),
            new XAttribute("skipped", notebook.Count(test => test.Status == NotebookTestStatus.NotRun)),
            new XAttribute("time", Seconds(TimeSpan.FromTicks(notebook.Sum(test => test.Elapsed.Ticks)))),
            notebook.Select(Case)
        );

    private static XElement Case(NotebookTest test) =>
        new(
            "testcase",
            new XAttribute("classname", Clean(Path.GetFileNameWithoutExtension(test.Notebook))),
            new XAttribute("name", string.Create(CultureInfo.InvariantCulture, $"cell {test.Cell}")),
            new XAttribute("time", Seconds(test.Elapsed)),
            test.Status switch
            {
                NotebookTestStatus.Passed => null,
                NotebookTestStatus.NotRun => new XElement("skipped"),
                _ => new XElement("failure", new XAttribute("type", test.Status), Clean(test.Message)),
            }
        );

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);

    // XML has no form for most control characters.
    private static string Clean(string text) => string.Concat(text.Select(sign => XmlConvert.IsXmlChar(sign) ? sign : '\uFFFD'));
}
