using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Rendering.Drawing;
using SkiaSharp;

namespace ConvNetShell.Rendering.Records;

/// <summary>
/// Draws a step of a convolution: the input with the window on it, the kernel's weights, the products, and the outputs up to there. Planes
/// of a channel, or of a slice of a clip, lie one below the other.
/// </summary>
internal sealed class TracePainter : IDisposable
{
    private const float Margin = 14,
        Gap = 10,
        ColumnGap = 34;
    private const int CalculationLines = 2;
    private readonly ConvolutionTrace trace;
    private readonly Theme theme;
    private readonly Lettering title = new(13, bold: true),
        note = new(12);
    private readonly NumberPlanes input,
        kernel,
        products,
        output;

    public TracePainter(ConvolutionTrace trace, RenderOptions options)
    {
        this.trace = trace;
        theme = Theme.For(options.Dark);
        ConvolutionScene scene = trace.Scene;
        ConvolutionStep[] steps = [.. trace.Steps];
        int dimensions = scene.InputSizes.Count,
            seen = steps[0].Patch.Count / Product(scene.KernelSizes);
        int[] before = new int[dimensions],
            after = new int[dimensions];
        for (int d = 0; d < dimensions; d++)
        {
            before[d] = Math.Max(0, -steps.Min(step => step.From[d]));
            int span = scene.Dilation[d] * (scene.KernelSizes[d] - 1);
            after[d] = Math.Max(0, steps.Max(step => step.From[d]) + span + 1 - scene.InputSizes[d]);
        }
        input = new NumberPlanes("input", scene.Channels, scene.InputSizes, before, after);
        kernel = new NumberPlanes("kernel", seen, scene.KernelSizes);
        products = new NumberPlanes("products", seen, scene.KernelSizes);
        output = new NumberPlanes("output", scene.Maps, scene.OutputSizes);
        input.FillOnce(scene.Input);
        kernel.FitNumbers(steps.SelectMany(step => step.Weights));
        products.FitNumbers(steps.SelectMany(step => step.Products));
        output.FitNumbers(steps.Select(step => step.Output));
        float width = Columns.Sum(column => column.Width) + ((Columns.Length - 1) * ColumnGap);
        Size = new SKSizeI(
            (int)MathF.Ceiling(Math.Max(width, 320) + (2 * Margin)),
            (int)
                MathF.Ceiling(
                    (2 * Margin) + title.LineHeight + Columns.Max(column => column.Height) + Gap + (CalculationLines * note.LineHeight)
                )
        );
    }

    /// <summary>Gets the size of the page.</summary>
    public SKSizeI Size { get; }

    private NumberPlanes[] Columns => [input, kernel, products, output];

    /// <summary>Draws one step, with the outputs of the steps before it.</summary>
    public void Draw(SKCanvas canvas, int index)
    {
        ConvolutionStep step = trace.Steps[index];
        kernel.Fill(step.Weights);
        products.Fill(step.Products);
        output.Clear();
        foreach (ConvolutionStep done in trace.Steps.Take(index + 1))
        {
            output.Set(Map(done), done.Position, done.Output);
        }
        bool alone = step.Patch.Count < trace.Scene.Channels * Product(trace.Scene.KernelSizes);
        float x = Margin;
        foreach (NumberPlanes column in Columns)
        {
            title.WriteBelow(canvas, column.Name, x, Margin, theme.Text);
            float top = Margin + title.LineHeight;
            column.Draw(canvas, x, top, theme);
            if (column == input)
            {
                column.Mark(canvas, x, top, alone ? step.Kernel : null, Under(step));
            }
            else if (column == output)
            {
                column.Mark(
                    canvas,
                    x,
                    top,
                    Map(step),
                    [
                        [.. step.Position],
                    ]
                );
            }
            x += column.Width + ColumnGap;
        }
        string text = string.Create(CultureInfo.InvariantCulture, $"Step {index + 1} of {trace.Steps.Count}: {step.Calculation}");
        List<string> lines = Wrapping.Lines(text, note, Size.Width - (2 * Margin));
        float bottom = Margin + title.LineHeight + Columns.Max(column => column.Height) + Gap;
        for (int i = 0; i < Math.Min(lines.Count, CalculationLines); i++)
        {
            note.WriteBelow(canvas, lines[i], Margin, bottom + (i * note.LineHeight), theme.Muted);
        }
    }

    private static int Product(IReadOnlyList<int> sizes) => sizes.Aggregate(1, (product, size) => product * size);

    private int Map(ConvolutionStep step) => trace.Scene.Maps == 1 ? 0 : step.Kernel;

    /// <summary>Returns the input positions under the kernel.</summary>
    private int[][] Under(ConvolutionStep step)
    {
        IEnumerable<int[]> positions =
        [
            [],
        ];
        for (int d = 0; d < step.From.Count; d++)
        {
            int from = step.From[d],
                dilation = trace.Scene.Dilation[d];
            int[] along = [.. Enumerable.Range(0, trace.Scene.KernelSizes[d]).Select(tap => from + (tap * dilation))];
            positions = positions.SelectMany(start => along.Select(at => (int[])[.. start, at]));
        }
        return [.. positions];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        title.Dispose();
        note.Dispose();
        foreach (NumberPlanes column in Columns)
        {
            column.Dispose();
        }
    }
}
