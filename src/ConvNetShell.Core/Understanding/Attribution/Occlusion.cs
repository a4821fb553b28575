using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>
/// Occlusion: covers one window after another and records how far the score falls. A position gets the mean over the
/// windows that cover it. The last window of each dimension ends at the border, so that every position is covered.
/// </summary>
internal static class Occlusion
{
    private const int DefaultParts = 6,
        BatchSize = 128;

    /// <summary>Returns the map, with both signs: positive where covering lowers the score.</summary>
    public static Tensor Compute(AttributionContext problem)
    {
        int[] sizes =
            problem.Network.InputShape.Count == 1 ? problem.Network.InputShape.ToArray() : problem.Network.InputShape.Spatial.ToArray();
        int window = problem.Options.Window ?? Math.Max(1, sizes.Max() / DefaultParts),
            stride = problem.Options.Stride ?? Math.Max(1, window / 2);
        int[] covered = [.. sizes.Select(size => Math.Min(size, window))];
        int[][] starts = [.. sizes.Select((size, d) => Starts(size, covered[d], stride))];
        Tensor baseline = problem.Baseline,
            falls = zeros([.. sizes.Select(size => (long)size)]),
            counts = zeros_like(falls);
        float score = problem.Scores(problem.Input).item<float>();
        int first = problem.Network.InputShape.Count == 1 ? 1 : 2; // the first spatial dimension of the batch
        foreach (
            int[][] corners in WindowPositions
                .Of([.. starts.Select(list => list.Length)])
                .Select(window => window.Select((p, d) => starts[d][p]).ToArray())
                .Chunk(problem.Network.Plan.BatchSize(BatchSize))
        )
        {
            problem.Stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Tensor batch = problem.Input.expand([corners.Length, .. problem.Input.shape[1..]]).clone();
            for (int i = 0; i < corners.Length; i++)
            {
                Window(batch[i], first - 1, corners[i], covered).copy_(Window(baseline[0], first - 1, corners[i], covered));
            }
            float[] scores = problem.Scores(batch).cpu().data<float>().ToArray();
            for (int i = 0; i < corners.Length; i++)
            {
                Window(falls, 0, corners[i], covered).AddInPlace(score - scores[i]);
                Window(counts, 0, corners[i], covered).AddInPlace(1);
            }
        }
        return falls / counts;
    }

    private static int[] Starts(int size, int window, int stride)
    {
        var starts = new List<int>();
        for (int start = 0; start < size - window; start += stride)
        {
            starts.Add(start);
        }
        starts.Add(size - window);
        return [.. starts];
    }

    private static Tensor Window(Tensor values, int first, int[] corner, int[] covered)
    {
        Tensor part = values;
        for (int d = 0; d < corner.Length; d++)
        {
            part = part.narrow(first + d, corner[d], covered[d]);
        }
        return part;
    }
}
