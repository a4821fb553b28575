using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>The gradient of the score, of the picture itself or the mean over noisy copies of it.</summary>
internal static class GradientSaliency
{
    /// <summary>Returns the map: signed, the sum over the channels; else the largest size of any channel.</summary>
    public static Tensor Plain(AttributionContext problem) => Reduce(problem, problem.Gradients(problem.Input));

    /// <summary>Returns the map of the mean gradient of noisy copies.</summary>
    public static Tensor Smooth(AttributionContext problem)
    {
        using var random = new Generator((ulong)(uint)problem.Options.Seed);
        double deviation = problem.Options.Noise * (problem.Input.max() - problem.Input.min()).item<float>();
        long[] copies = [problem.Options.Samples, .. problem.Input.shape[1..]];
        Tensor noise = randn(copies, generator: random).to(problem.Input.device).Times(deviation);
        return Reduce(problem, problem.Gradients(problem.Input.Plus(noise)).mean([0], keepdim: true));
    }

    private static Tensor Reduce(AttributionContext problem, Tensor gradient) =>
        problem.Options.AllowNegative ? problem.SumOfChannels(gradient) : problem.LargestOfChannels(gradient);
}
