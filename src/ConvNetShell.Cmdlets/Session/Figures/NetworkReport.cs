using System.Globalization;
using System.Net;
using System.Text;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Understanding.Activations;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>Puts the sections of a network's report together.</summary>
/// <param name="network">The network.</param>
/// <param name="run">The run that trained it, where there is one.</param>
/// <param name="registry">The renderers.</param>
/// <param name="options">How figures are drawn.</param>
internal sealed class NetworkReport(Network network, TrainingRun? run, RendererRegistry registry, RenderOptions options)
{
    private const int Examples = 24,
        Pairs = 10;
    private readonly List<KeyValuePair<string, MimeBundle>> measured = [];

    /// <summary>Measures the network on a split.</summary>
    public void Measure(Dataset data, DatasetSplit split, string device, CancellationToken stop)
    {
        MatchedSplit matched = MatchedSplit.Of(network, data, split);
        Add("Accuracy", Evaluator.Measure(matched, device, null, stop));
        ConfusionMatrix matrix = ConfusionMatrices.Get(matched, device, stop);
        Add("Confusion", matrix);
        if (matrix.MostConfused.Count > 0)
        {
            measured.Add(KeyValuePair.Create("Most confused", List(matrix.MostConfused.Take(Pairs).Select(pair => pair.ToString()))));
            ConfusedSample[] wrong =
            [
                .. matrix
                    .MostConfused.Take(Examples)
                    .SelectMany(pair => matrix.Cell(pair.Class, pair.Predicted).Take(2))
                    .OrderByDescending(sample => sample.Probability)
                    .Take(Examples),
            ];
            Add("Surely wrong", PictureCollection.Merge(wrong));
        }
        ConfusedSample[] right =
        [
            .. matrix.Classes.SelectMany(name => matrix.Cell(name, name).Take(Math.Max(1, Examples / matrix.Classes.Count))).Take(Examples),
        ];
        if (right.Length > 0)
        {
            Add("Surely right", PictureCollection.Merge(right));
            Add("All layers at work", NetworkPanels.Get(network, right[0].Sample, device));
        }
    }

    /// <summary>Returns the sections, in order.</summary>
    public IEnumerable<KeyValuePair<string, MimeBundle>> Sections()
    {
        yield return KeyValuePair.Create(string.Empty, Heading());
        NetworkSummary summary = NetworkSummarizer.Summarize(network.Plan, network.Name);
        MimeBundle layers = registry.Render(summary, options);
        yield return KeyValuePair.Create("Layers", new MimeBundle(layers.Data.Where(form => form.Key != MimeBundle.Html)));
        yield return KeyValuePair.Create(string.Empty, layers);
        if (run?.History.Count > 0)
        {
            yield return KeyValuePair.Create("Training", registry.Render(TrainingCharts.Of(run), options));
        }
        if (network.Layers.FirstOrDefault(layer => layer.Spec is FilterSpec) is { } first)
        {
            PictureGrid filters = PictureCollection.Merge(NetworkFilters.Get(network, first.Name)) with { CommonRange = true };
            yield return KeyValuePair.Create($"Filters of {first.Name}", registry.Render(filters, options));
        }
        foreach (KeyValuePair<string, MimeBundle> section in measured)
        {
            yield return section;
        }
    }

    private static MimeBundle List(IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        string html = "<ul>" + string.Concat(all.Select(line => $"<li>{WebUtility.HtmlEncode(line)}</li>")) + "</ul>";
        return new MimeBundle([
            KeyValuePair.Create(MimeBundle.PlainText, string.Join(Environment.NewLine, all)),
            KeyValuePair.Create(MimeBundle.Html, html),
        ]);
    }

    private MimeBundle Heading()
    {
        var rows = new List<(string Name, string Value)>
        {
            ("Layers", network.Spec),
            ("First weights", string.Create(CultureInfo.InvariantCulture, $"seed {network.Seed}")),
        };
        if (run is not null)
        {
            rows.Add(("Run", run.ToString()));
            rows.Add(("Settings", run.Settings.ToString() ?? string.Empty));
            rows.Add(("Started", run.Started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)));
            rows.Add(("Device", run.Device));
            rows.AddRange(run.Versions.Select(version => (version.Key, version.Value)));
        }
        var html = new StringBuilder("<h1>").Append(WebUtility.HtmlEncode(network.Name)).Append("</h1><table>");
        foreach ((string name, string value) in rows)
        {
            html.Append("<tr><th>")
                .Append(WebUtility.HtmlEncode(name))
                .Append("</th><td>")
                .Append(WebUtility.HtmlEncode(value))
                .Append("</td></tr>");
        }
        return new MimeBundle([
            KeyValuePair.Create(MimeBundle.PlainText, string.Join(Environment.NewLine, rows.Select(row => $"{row.Name}: {row.Value}"))),
            KeyValuePair.Create(MimeBundle.Html, html.Append("</table>").ToString()),
        ]);
    }

    private void Add(string heading, object figure) => measured.Add(KeyValuePair.Create(heading, registry.Render(figure, options)));
}
