using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Rendering.Records;

namespace ConvNetShell.Rendering.Tests.Records;

/// <summary>The matrix counts, and its cells know their images.</summary>
public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Counts_shares_and_pairs()
    {
        ConfusionMatrix matrix = Samples.Matrix();
        Assert.Equal([7, 3, 0], matrix.Counts[0]);
        Assert.Equal([3, 0, 7], matrix.Counts[2]);
        Assert.Equal(0.7, matrix.Accuracy, 1e-12);
        Assert.Equal(0.3, matrix.Fraction(0, 1), 1e-12);
        Assert.Equal(
            ["c0 taken for c1: 3 (30.0 %)", "c1 taken for c2: 3 (30.0 %)", "c2 taken for c0: 3 (30.0 %)"],
            matrix.MostConfused.Select(pair => pair.ToString())
        );
        Assert.Equal("Net on Data Test: 21 of 30 right (70.0 %), most often c0 taken for c1: 3 (30.0 %)", matrix.ToString());
    }

    [Fact]
    public void A_cell_gives_its_images_the_surest_first()
    {
        IReadOnlyList<ConfusedSample> cell = Samples.Matrix().Cell("C0", "c1");
        Assert.Equal([7, 8, 9], cell.Select(sample => sample.Sample.Index));
        Assert.All(cell, sample => Assert.Equal(("c0", "c1"), (sample.Class, sample.Predicted)));
        Assert.Empty(Samples.Matrix().Cell("c0", "c2"));
    }

    [Fact]
    public void A_figure_of_many_classes_shows_those_with_the_most_errors_and_says_so()
    {
        const int classes = 2000,
            wrong = 1234;
        int[] truth = [.. Enumerable.Range(0, 2 * classes).Select(i => i % classes)];
        int[] predicted = [.. truth.Select((label, i) => i >= classes && label is wrong or wrong + 1 ? 7 : label)];
        var matrix = new ConfusionMatrix(
            "Net",
            "Data",
            "Test",
            [.. Enumerable.Range(0, classes).Select(i => $"c{i}")],
            truth,
            predicted,
            [.. truth.Select(_ => 1.0)],
            _ => throw new InvalidOperationException()
        );
        var bundle = new ConfusionRenderer().Render(matrix, new RenderOptions { AllForms = true, Interactive = true });
        Assert.All(bundle.Data, form => Assert.InRange(form.Value.Length, 1, 3_000_000));
        foreach (string type in new[] { MimeBundle.Svg, MimeBundle.Plotly })
        {
            Assert.Contains($"c{wrong}", bundle.Data[type], StringComparison.Ordinal);
            Assert.DoesNotContain("c1999", bundle.Data[type], StringComparison.Ordinal);
        }
        Assert.Contains("The 120 of 2,000 classes with the most errors", bundle.Data[MimeBundle.Plotly], StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_is_not_there_is_named()
    {
        string message = Assert.Throws<ArgumentException>(() => Samples.Matrix().Cell("c0", "cat")).Message;
        Assert.Contains("c0, c1, c2. Received: 'cat'", message, StringComparison.Ordinal);
    }
}
