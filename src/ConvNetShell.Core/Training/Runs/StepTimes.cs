using System.Diagnostics;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>
/// Where the time of an epoch's steps went, and how long its gradients were. Lengths stay on the device until they are asked for, so that
/// no step waits for a GPU.
/// </summary>
internal sealed class StepTimes : IDisposable
{
    private long data,
        forward,
        backward;
    private Tensor? norms;
    private int count;

    /// <summary>Gets the time spent on making batches.</summary>
    public TimeSpan Data => Stopwatch.GetElapsedTime(0, data);

    /// <summary>Gets the time from batch to loss; on a GPU, the time to ask for it.</summary>
    public TimeSpan Forward => Stopwatch.GetElapsedTime(0, forward);

    /// <summary>Gets the time from the loss to the new weights; on a GPU, the time to ask for it.</summary>
    public TimeSpan Backward => Stopwatch.GetElapsedTime(0, backward);

    /// <summary>
    /// Gets the sums of the lengths of the gradients, of all weights first and then of each layer's, and the steps measured.
    /// </summary>
    public (float[] Sums, int Count) Norms => (norms?.cpu().data<float>().ToArray() ?? [], count);

    /// <summary>Takes over what the epoch's steps took before the run was resumed.</summary>
    public void Restore((TimeSpan Data, TimeSpan Forward, TimeSpan Backward) times, (float[] Sums, int Count) lengths, Device device)
    {
        Clear();
        (data, forward, backward) = (Ticks(times.Data), Ticks(times.Forward), Ticks(times.Backward));
        count = lengths.Count;
        norms = count == 0 ? null : tensor(lengths.Sums, device: device).DetachFromDisposeScope();
    }

    /// <summary>Adds a step, in ticks of <see cref="Stopwatch"/>.</summary>
    public void Add(long dataTicks, long forwardTicks, long backwardTicks) =>
        (data, forward, backward) = (data + dataTicks, forward + forwardTicks, backward + backwardTicks);

    /// <summary>Adds the lengths of a step's gradients: of all weights together, then of each layer's.</summary>
    public void AddNorms(Tensor lengths)
    {
        norms = norms is null ? lengths.clone().DetachFromDisposeScope() : norms.AddInPlace(lengths);
        count++;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Dispose();
        (data, forward, backward, norms, count) = (0, 0, 0, null, 0);
    }

    /// <inheritdoc />
    public void Dispose() => norms?.Dispose();

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
