using System.Reflection;
using System.Text.RegularExpressions;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering;
using ConvNetShell.Rendering.Charts;
using Microsoft.DotNet.Interactive.Formatting;
using TypeFormatterSourceAttribute = ConvNetShell.Display.Mime.TypeFormatterSourceAttribute;

namespace ConvNetShell.Interactive.Tests;

/// <summary>Every record through the real formatter of .NET Interactive, against the bundle that the kernel shows.</summary>
[Collection("one formatter")]
public sealed class RecordTests
{
    private static readonly RendererRegistry Registry = Renderers.Create();

    public static TheoryData<string> Names => [.. RecordSamples.All.Keys.Select(type => type.Name)];

    [Fact]
    public void Every_type_that_is_drawn_says_so_and_has_a_sample_here() =>
        Assert.Equal(
            typeof(MimeBundle)
                .Assembly.GetExportedTypes()
                .Where(type =>
                    type is { IsClass: true, IsAbstract: false }
                    && (
                        typeof(IPictureSource).IsAssignableFrom(type)
                        || typeof(IChartSource).IsAssignableFrom(type)
                        || type == typeof(ConfusionMatrix)
                        || type == typeof(NetworkSummary)
                        || type == typeof(NetworkPanel)
                        || type.GetCustomAttribute<TypeFormatterSourceAttribute>() is not null
                    )
                )
                .Select(type => (type.Name, type.GetCustomAttribute<TypeFormatterSourceAttribute>() is not null))
                .Order(),
            RecordSamples.All.Keys.Select(type => (type.Name, true)).Order()
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_is_found_by_its_attribute_and_gives_the_kernels_bundle(string name)
    {
        Formatter.ResetToDefault();

        Same(RecordSamples.All.Values.Single(record => record.GetType().Name == name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_record_gives_the_kernels_bundle_where_the_extension_is_loaded(string name)
    {
        Formatter.ResetToDefault();
        FormatterExtension.Load();

        Same(RecordSamples.All.Values.Single(record => record.GetType().Name == name));
    }

    [Fact]
    public void What_is_drawn_as_a_record_gives_the_records_bundle()
    {
        Formatter.ResetToDefault();
        FormatterExtension.Load();

        Same(new Held());
    }

    private static void Same(object record)
    {
        // a notebook does not ask for the figure of a record that is drawn on request
        object figure = record is IPicturesOnRequest ? record : Assert.Single(Figures.Combine([record]));
        MimeBundle kernels = record as MimeBundle ?? Registry.Render(figure);
        var given = Formatter
            .GetPreferredMimeTypesFor(record.GetType())
            .ToDictionary(form => form, form => WithoutId(record.ToDisplayString(form)));
        // Its front ends draw HTML, so Plotly's form has no formatter there.
        var wanted = kernels
            .Data.Where(form => form.Key != MimeBundle.Plotly)
            .ToDictionary(form => form.Key, form => WithoutId(form.Value));
        if (given.Remove(MimeBundle.Html, out string? html) && !wanted.Remove(MimeBundle.Html, out string? chart))
        {
            // A row that may have no picture is HTML, with its picture in it where it has one; the picture by itself can be had too.
            Assert.Contains(wanted[MimeBundle.Png], html, StringComparison.Ordinal);
            given[MimeBundle.Png] = record.ToDisplayString(MimeBundle.Png);
        }
        else
        {
            Assert.Equal(kernels.Data.TryGetValue(MimeBundle.Html, out chart) ? WithoutId(chart) : null, html);
        }
        Assert.Equal(wanted.OrderBy(form => form.Key, StringComparer.Ordinal), given.OrderBy(form => form.Key, StringComparer.Ordinal));
        Assert.NotEmpty(Convert.FromBase64String(given[MimeBundle.Png]));
    }

    // Each chart's element has an id of its own, and the first may have the page's script before it.
    private static string WithoutId(string text) =>
        Regex.Replace(
            text.StartsWith("<script>", StringComparison.Ordinal) ? text[PlotlyScript.Html().Length..] : text,
            "convnetshell-[0-9a-f]{32}",
            "id"
        );

    private sealed class Held : IFigureSource
    {
        public object ToFigure() => RecordSamples.All[typeof(HistoryChart)];
    }
}
