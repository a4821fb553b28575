using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Rendering.Records;

/// <summary>
/// Draws a step of a convolution: the input with the window on it, the kernel's weights, the products, and the outputs up to there. Planes
/// of a channel, or of a slice of a clip, lie one below the other.
/// </summary>
internal sealed class TracePainter : StepPainter
{
    private readonly ConvolutionTrace trace;
    private readonly NumberPlanes input,
        kernel,
        products,
        output;

    public TracePainter(ConvolutionTrace trace, RenderOptions options)
        : this(trace, options, Planes(trace)) { }

    private TracePainter(ConvolutionTrace trace, RenderOptions options, NumberPlanes[] planes)
        : base(options, planes)
    {
        this.trace = trace;
        (input, kernel, products, output) = (planes[0], planes[1], planes[2], planes[3]);
    }

    /// <inheritdoc />
    protected override void Fill(int index)
    {
        ConvolutionStep step = trace.Steps[index];
        kernel.Fill(step.Weights);
        products.Fill(step.Products);
        output.Clear();
        foreach (ConvolutionStep done in trace.Steps.Take(index + 1))
        {
            output.Set(Map(done), done.Position, done.Output);
        }
    }

    /// <inheritdoc />
    protected override string Calculation(int index) => Line(index, trace.Steps.Count, trace.Steps[index].Calculation);

    /// <inheritdoc />
    protected override IEnumerable<(int? Channel, IReadOnlyList<int[]> Positions)> Marks(NumberPlanes column, int index)
    {
        ConvolutionStep step = trace.Steps[index];
        ConvolutionScene scene = trace.Scene;
        if (column == input)
        {
            bool alone = step.Patch.Count < scene.Channels * Product(scene.KernelSizes);
            yield return (alone ? step.Kernel : null, Under(step.From, scene.KernelSizes, scene.Dilation));
        }
        else if (column == output)
        {
            int[] position = [.. step.Position];
            yield return (Map(step), [position]);
        }
    }

    private static NumberPlanes[] Planes(ConvolutionTrace trace)
    {
        ConvolutionScene scene = trace.Scene;
        IReadOnlyList<ConvolutionStep> steps = trace.Steps;
        int seen = steps[0].Patch.Count / Product(scene.KernelSizes);
        int[] spans = [.. scene.KernelSizes.Select((size, d) => (scene.Dilation[d] * (size - 1)) + 1)];
        NumberPlanes input = Input(scene.Channels, scene.InputSizes, [.. steps.Select(step => step.From)], spans, padding: 0),
            kernel = new("kernel", seen, scene.KernelSizes),
            products = new("products", seen, scene.KernelSizes),
            output = new("output", scene.Maps, scene.OutputSizes);
        input.FillOnce(scene.Input);
        kernel.FitNumbers(steps.SelectMany(step => step.Weights));
        products.FitNumbers(steps.SelectMany(step => step.Products));
        output.FitNumbers(steps.Select(step => step.Output));
        return [input, kernel, products, output];
    }

    private static int Product(IReadOnlyList<int> sizes) => sizes.Aggregate(1, (product, size) => product * size);

    private int Map(ConvolutionStep step) => trace.Scene.Maps == 1 ? 0 : step.Kernel;
}
