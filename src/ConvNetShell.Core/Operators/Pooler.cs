using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Pools arrays.</summary>
public static class Pooler
{
    /// <summary>Pools an array. A NaN makes every output a NaN whose window meets it.</summary>
    /// <param name="input">The input: one channel, or channels first.</param>
    /// <param name="spec">The kind of pooling, and its window.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3; <see langword="null"/>: all of the input's, or of a picture the last
    /// two.</param>
    /// <returns>The output, and for a maximum where it comes from.</returns>
    /// <param name="stop">Ends the work within a moment.</param>
    /// <exception cref="ConvNetException">The window does not fit the input, or the output not into the free memory.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PoolingResult Compute(NumericArray input, PoolSpec spec, int? dimensions = null, CancellationToken stop = default)
    {
        var problem = new PoolingProblem(input, spec, dimensions);
        var values = new List<double>();
        var winners = new List<int[]>();
        for (int channel = 0; channel < problem.Channels; channel++)
        {
            foreach (int[] position in WindowPositions.Of(problem.OutputSizes))
            {
                stop.ThrowIfCancellationRequested();
                (double output, int winner) = problem.Pool(channel, problem.From(position));
                values.Add(output);
                if (winner >= 0)
                {
                    int[] at = WindowPositions.At(problem.InputSizes, winner);
                    winners.Add(problem.HasChannels ? [channel, .. at] : at);
                }
            }
        }
        var result = new NumericArray([.. values], problem.HasChannels ? [problem.Channels, .. problem.OutputSizes] : problem.OutputSizes);
        return new PoolingResult(
            problem.IsMaximum ? "Max" : "Average",
            input.ToString(),
            spec.Window.Kernel.ToString(problem.InputSizes.Length),
            OutputFormula.Write(spec.Window, problem.InputSizes, problem.OutputSizes),
            result.ToString(),
            result.ToArray(),
            winners,
            result.NaNCount
        )
        {
            InputValues = input.ToArray(),
        };
    }

    /// <summary>Goes through a pooling window by window, channel by channel.</summary>
    /// <param name="input">The input: one channel, or channels first.</param>
    /// <param name="spec">The kind of pooling, and its window.</param>
    /// <param name="dimensions">The spatial dimensions, 1 to 3; <see langword="null"/>: all of the input's, or of a picture the last
    /// two.</param>
    /// <returns>A step for each window, made as it is asked for.</returns>
    /// <exception cref="ConvNetException">The window does not fit the input.</exception>
    public static IEnumerable<PoolingStep> Trace(NumericArray input, PoolSpec spec, int? dimensions = null)
    {
        var problem = new PoolingProblem(input, spec, dimensions);
        return Steps(
            problem,
            new PoolingScene(input.Values, problem.Channels, problem.InputSizes, problem.WindowSizes, problem.OutputSizes)
        );
    }

    private static IEnumerable<PoolingStep> Steps(PoolingProblem problem, PoolingScene scene)
    {
        int step = 0;
        double padding = problem.IsMaximum ? double.NaN : 0;
        for (int channel = 0; channel < problem.Channels; channel++)
        {
            foreach (int[] position in WindowPositions.Of(problem.OutputSizes))
            {
                int[] from = problem.From(position);
                (double output, int winner) = problem.Pool(channel, from);
                yield return new PoolingStep(
                    ++step,
                    channel,
                    position,
                    from,
                    [.. problem.Under(from).Select(under => under < 0 ? padding : problem.Value(channel, under))],
                    winner < 0 ? [] : WindowPositions.At(problem.InputSizes, winner),
                    output
                )
                {
                    Scene = scene,
                };
            }
        }
    }
}
