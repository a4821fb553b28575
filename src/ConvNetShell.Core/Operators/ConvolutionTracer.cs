using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Goes through a convolution, or through the units of a fully connected layer, step by step.</summary>
public static class ConvolutionTracer
{
    /// <summary>Returns the windows one after the other, kernel by kernel.</summary>
    /// <param name="problem">The convolution.</param>
    /// <returns>A step for each window, made as it is asked for.</returns>
    public static IEnumerable<ConvolutionStep> Windows(ConvolutionProblem problem)
    {
        int plane = problem.InputSizes.Aggregate(1, (product, size) => product * size);
        int[][] taps = [.. WindowPositions.Of(problem.KernelSizes)];
        int[] dilation = [.. Enumerable.Range(0, problem.Dimensions).Select(d => problem.Window.Dilation[d])];
        var scene = new ConvolutionScene(
            problem.Input.Values,
            problem.Channels,
            problem.InputSizes,
            problem.KernelSizes,
            problem.Kernels,
            problem.OutputSizes,
            dilation
        );
        int step = 0;
        for (int kernel = 0; kernel < problem.Kernels; kernel++)
        {
            foreach (int[] position in WindowPositions.Of(problem.OutputSizes))
            {
                var patch = new double[problem.ChannelsSeen * taps.Length];
                for (int i = 0; i < patch.Length; i++)
                {
                    int under = WindowPositions.Index(problem.InputSizes, WindowPositions.Under(problem, position, taps[i % taps.Length]));
                    int channel = problem.EachChannelAlone ? kernel : i / taps.Length;
                    patch[i] = under < 0 ? 0 : problem.Input.Data[channel * plane + under];
                }
                yield return new ConvolutionStep(
                    ++step,
                    kernel,
                    position,
                    WindowPositions.Under(problem, position, taps[0]),
                    patch,
                    problem.Weights.AsSpan(kernel * patch.Length, patch.Length).ToArray(),
                    problem.Options.Bias
                )
                {
                    Scene = scene,
                };
            }
        }
    }

    /// <summary>
    /// Returns the units of a fully connected layer one after the other: each sees the whole input with weights of its own.
    /// </summary>
    /// <param name="input">The input, in any shape; it is read as one vector.</param>
    /// <param name="weights">A row of weights for each unit, or one row.</param>
    /// <param name="bias">The bias added to every sum.</param>
    /// <returns>A step for each unit.</returns>
    /// <exception cref="ShapeMismatchException">A row has not one weight for each input.</exception>
    public static IEnumerable<ConvolutionStep> Units(NumericArray input, NumericArray weights, double bias)
    {
        int row = weights.Sizes[^1],
            inputs = input.Values.Count;
        if (weights.Rank > 2 || row != inputs)
        {
            throw new ShapeMismatchException(
                "Kernel",
                string.Create(CultureInfo.InvariantCulture, $"rows of {inputs} weights, one for each input"),
                weights.ToString()
            );
        }
        int units = weights.Values.Count / row;
        var scene = new ConvolutionScene(input.Values, 1, [inputs], [inputs], 1, [units], [1]);
        return Enumerable
            .Range(0, units)
            .Select(unit => new ConvolutionStep(
                unit + 1,
                unit,
                [unit],
                [0],
                input.Values,
                weights.Data.AsSpan(unit * row, row).ToArray(),
                bias
            )
            {
                Scene = scene,
            });
    }
}
