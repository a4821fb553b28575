using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>
/// Integrated gradients: the difference from the baseline times the mean gradient on the straight way there, taken at the middles of
/// equal steps. The score bends at every rectifier that switches, so as many steps are taken as the sum needs to come out right.
/// </summary>
internal static class IntegratedGradients
{
    private const int FewestSteps = 64,
        MostSteps = 2048;
    private const double Enough = 0.005;

    /// <summary>Returns the map, signed, and the check of its sum.</summary>
    public static (Tensor Map, CompletenessCheck Check) Compute(AttributionContext problem)
    {
        Tensor baseline = problem.Baseline,
            way = problem.Input - baseline;
        double score = problem.Scores(problem.Input).item<float>(),
            start = problem.Scores(baseline).item<float>();
        int steps = problem.Options.Steps ?? FewestSteps;
        while (true)
        {
            Tensor attributions = way * MeanGradient(problem, baseline, way, steps);
            var check = new CompletenessCheck(attributions.to(ScalarType.Float64).sum().item<double>(), score, start, steps);
            if (problem.Options.Steps is not null || check.Error <= Enough || steps >= MostSteps)
            {
                return (problem.SumOfChannels(attributions), check);
            }
            steps *= 2;
        }
    }

    private static Tensor MeanGradient(AttributionContext problem, Tensor baseline, Tensor way, int steps)
    {
        const int most = 64;
        int chunk = problem.Network.Plan.BatchSize(most);
        Tensor sum = zeros_like(way);
        for (int first = 0; first < steps; first += chunk)
        {
            using var scope = NewDisposeScope();
            long[] shape = [Math.Min(chunk, steps - first), .. Enumerable.Repeat(1L, (int)way.dim() - 1)];
            Tensor positions = tensor(Enumerable.Range(first, (int)shape[0]).Select(step => (step + 0.5f) / steps).ToArray())
                .to(way.device);
            sum.AddInPlace(problem.Gradients(baseline.Plus(positions.reshape(shape) * way)).sum([0], keepdim: true));
        }
        return sum.DividedBy(steps);
    }
}
