using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Rendering.Records;

/// <summary>
/// Draws a step of a pooling: the input with the window on it, the values of the window, and the outputs up to there. The maximum is framed
/// in the input and in the window.
/// </summary>
internal sealed class PoolingPainter : StepPainter
{
    private readonly PoolingTrace trace;
    private readonly NumberPlanes input,
        window,
        output;

    public PoolingPainter(PoolingTrace trace, RenderOptions options)
        : this(trace, options, Planes(trace)) { }

    private PoolingPainter(PoolingTrace trace, RenderOptions options, NumberPlanes[] planes)
        : base(options, planes)
    {
        this.trace = trace;
        (input, window, output) = (planes[0], planes[1], planes[2]);
    }

    /// <inheritdoc />
    protected override void Fill(int index)
    {
        window.Fill(trace.Steps[index].Patch);
        output.Clear();
        foreach (PoolingStep done in trace.Steps.Take(index + 1))
        {
            output.Set(done.Channel, done.Position, done.Output);
        }
    }

    /// <inheritdoc />
    protected override string Calculation(int index) => Line(index, trace.Steps.Count, trace.Steps[index].Calculation);

    /// <inheritdoc />
    protected override IEnumerable<(int? Channel, IReadOnlyList<int[]> Positions)> Marks(NumberPlanes column, int index)
    {
        PoolingStep step = trace.Steps[index];
        if (column == input)
        {
            int[] dilation = [.. step.From.Select(_ => 1)];
            yield return (step.Channel, Under(step.From, trace.Scene.WindowSizes, dilation));
        }
        else if (column == output)
        {
            int[] position = [.. step.Position];
            yield return (step.Channel, [position]);
        }
        if (step.Winner.Count > 0 && column != output)
        {
            int[] winner = column == input ? [.. step.Winner] : [.. step.Winner.Select((at, d) => at - step.From[d])];
            yield return (column == input ? step.Channel : 0, [winner]);
        }
    }

    private static NumberPlanes[] Planes(PoolingTrace trace)
    {
        PoolingScene scene = trace.Scene;
        IReadOnlyList<PoolingStep> steps = trace.Steps;
        double padding = steps.Any(step => step.Winner.Count > 0) ? double.NaN : 0; // it never wins a maximum
        NumberPlanes input = Input(scene.Channels, scene.InputSizes, [.. steps.Select(step => step.From)], scene.WindowSizes, padding),
            window = new("window", 1, scene.WindowSizes),
            output = new("output", scene.Channels, scene.OutputSizes);
        input.FillOnce(scene.Input);
        window.FitNumbers(scene.Input);
        output.FitNumbers(steps.Select(step => step.Output));
        return [input, window, output];
    }
}
