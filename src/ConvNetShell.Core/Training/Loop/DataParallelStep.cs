using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Optimizers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>
/// Splits a batch into shards of equal size, each on its own thread, or with helper threads if there are more threads than shards. Threads
/// that work within one operator wait for each other at the end of each operator, and during its serial parts. Shards meet only once, when
/// their gradients are added in a fixed order, so that the same number of threads gives the same weights.
/// </summary>
internal sealed class DataParallelStep : IGradientSource
{
    private const int SmallestPart = 2; // images
    private const double LeastWork = 64; // multiply-adds of a part for each weight: gradients have to be added up
    private readonly TrainingRun run;
    private readonly TrainingState state;
    private readonly DatasetSplit split;
    private readonly Network network;
    private readonly Network[] replicas;
    private readonly ForwardBackward[] passes;
    private readonly LossAccumulator[] meters;
    private readonly Generator?[] dropout;
    private readonly TrainingLoss loss;
    private readonly ComputeThreads threads;
    private readonly PartExchange exchange = new();

    /// <param name="run">The run.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="split">The images to train on.</param>
    /// <param name="device">The processor.</param>
    /// <param name="largestBatch">The images in the largest batch.</param>
    /// <param name="parts">How many parts: what <see cref="Parts"/> says.</param>
    public DataParallelStep(TrainingRun run, TrainingState state, DatasetSplit split, Device device, int largestBatch, int parts)
    {
        (this.run, this.state, network, this.split) = (run, state, run.Network, split);
        replicas = [.. Enumerable.Range(1, parts - 1).Select(_ => network.Replica())];
        int largestPart = (largestBatch + parts - 1) / parts;
        int each = Math.Max(1, run.Settings.Threads / parts);
        passes = [.. replicas.Prepend(network).Select(own => new ForwardBackward(run, own, split, device, largestPart, each))];
        meters = [.. passes.Select(_ => new LossAccumulator())];
        dropout = [.. passes.Select(_ => network.Modules.Any(module => module.IsRandom) ? new Generator() : null)];
        loss = new TrainingLoss(run.Settings, run.Dataset, device);
        threads = new ComputeThreads(parts, each);
    }

    /// <summary>Returns how many parts are quickest: as many as threads, or 1 where a batch cannot be split or is not worth it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="settings">The settings, with the number of threads.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="batch">The images in the largest batch.</param>
    public static int Parts(Network network, TrainingSettings settings, Device device, int batch)
    {
        int parts = Math.Min(settings.Threads, batch / SmallestPart);
        bool isPossible =
            device.type == TorchSharp.DeviceType.CPU
            && !(settings.Augmentation.Mixes && (settings.BalanceClasses || settings.ClassWeights is not null)) // of two labels an image
            && settings.LearnsClasses
            && (BatchNormFunction.IsSupported || !network.Modules.Any(module => module.MixesSamples));
        return parts > 1 && isPossible && network.MultiplyAdds * (batch / parts) >= LeastWork * network.ParameterCount ? parts : 1;
    }

    /// <inheritdoc />
    public GradientResult Add(ReadOnlyMemory<int> indices, ReadOnlyMemory<AugmentationSample> draws, double scale)
    {
        Seed();
        double whole = loss.Weight(split, indices.Span);
        var results = new GradientResult[passes.Length];
        var fractions = new double[passes.Length];
        int parts = Math.Min(passes.Length, indices.Length); // of the last batch there may be fewer
        exchange.Begin(parts);
        Mixing? mixing = state.DrawMixing(run);
        threads.Run(part =>
        {
            if (part < parts)
            {
                Range range = Range(part, parts, indices.Length);
                int[] own = [.. indices.Span[range]];
                fractions[part] = whole > 0 ? loss.Weight(split, own) / whole : 0;
                AugmentationSample[] drawn = draws.IsEmpty ? [] : [.. draws.Span[range]];
                if (mixing is not null)
                {
                    own = [.. own, .. Partners(indices.Span, range)];
                    drawn = draws.IsEmpty ? [] : [.. drawn, .. Partners(draws.Span, range)];
                }
                results[part] = Add(own, drawn, scale * fractions[part], mixing, new BatchPart(part, parts, exchange));
            }
        });
        Gather();
        double mean = results.Zip(fractions, (result, part) => part > 0 ? result.Loss * part : 0).Sum(); // NaN if the loss of a part is NaN
        Array.ForEach(meters, meter => state.Meter.Take(meter, mean));
        int count = passes.Length;
        return new GradientResult(
            mean,
            results.Select(result => result.Fault).FirstOrDefault(fault => !string.IsNullOrEmpty(fault), string.Empty),
            results.Sum(result => result.Data) / count,
            results.Sum(result => result.Forward) / count,
            results.Sum(result => result.Backward) / count
        );
    }

    /// <inheritdoc />
    public void Run(IReadOnlyList<WeightPiece> pieces, Action<WeightPiece> work)
    {
        int next = -1;
        if (pieces.Sum(piece => piece.Count) < WeightPiece.Most)
        {
            Work(0); // to wake a thread takes longer
        }
        else
        {
            threads.Run(Work);
        }

        void Work(int part)
        {
            for (int i = Interlocked.Increment(ref next); i < pieces.Count; i = Interlocked.Increment(ref next))
            {
                work(pieces[i]);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        threads.Dispose();
        loss.Dispose();
        Array.ForEach(passes, pass => pass.Dispose());
        Array.ForEach(meters, meter => meter.Dispose());
        Array.ForEach(dropout, generator => generator?.Dispose());
        Array.ForEach(replicas, replica => replica.Dispose());
    }

    private static Range Range(int part, int parts, int count) =>
        (int)((long)count * part / parts)..(int)((long)count * (part + 1) / parts);

    /// <summary>Returns what is mixed with a range of a batch: the whole in reverse order at the same places.</summary>
    private static T[] Partners<T>(ReadOnlySpan<T> all, Range range)
    {
        T[] partners = [.. all[(all.Length - range.End.Value)..(all.Length - range.Start.Value)]];
        Array.Reverse(partners);
        return partners;
    }

    private GradientResult Add(int[] indices, AugmentationSample[] draws, double scale, Mixing? mixing, BatchPart part)
    {
        try
        {
            int number = part.Number;
            return passes[number].Add(indices, draws, scale, meters[number], dropout[number], state.Draws, mixing, part);
        }
        catch
        {
            exchange.Abort(); // the others would wait for this one
            throw;
        }
    }

    /// <summary>Gives each part's dropout a stream that begins at a number from the run's own, which checkpoints keep.</summary>
    private void Seed()
    {
        foreach (Generator? generator in dropout)
        {
            if (generator is not null)
            {
                using Tensor drawn = randint(int.MaxValue, 1, ScalarType.Int64, generator: state.Dropout);
                generator.manual_seed(drawn.item<long>());
            }
        }
    }

    /// <summary>Adds the replicas' gradients to the network's.</summary>
    private void Gather()
    {
        foreach (Network replica in replicas)
        {
            for (int i = 0; i < replica.Parameters.Count; i++)
            {
                Tensor whole = network.Parameters[i].Value,
                    part = replica.Parameters[i].Value;
                if (whole.grad is null && part.grad is Tensor first)
                {
                    whole.grad = first;
                    part.grad = null;
                }
            }
        }
        Run([.. Enumerable.Range(0, network.Parameters.Count).SelectMany(Pieces).OrderByDescending(piece => piece.Count)], AddUp);
        foreach (NamedTensor parameter in replicas.SelectMany(replica => replica.Parameters))
        {
            parameter.Value.grad = null;
        }
    }

    private WeightPiece[] Pieces(int index)
    {
        using var scope = NewDisposeScope();
        Tensor[] parts = [.. Added(index)];
        return parts.Length == 0 ? [] : [.. WeightPiece.Split(index, [network.Parameters[index].Value.grad!, .. parts])];
    }

    private void AddUp(WeightPiece piece)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor sum = piece.Of(network.Parameters[piece.Index].Value.grad!);
        foreach (Tensor part in Added(piece.Index))
        {
            sum.AddInPlace(piece.Of(part));
        }
    }

    private IEnumerable<Tensor> Added(int index) => replicas.Select(replica => replica.Parameters[index].Value.grad).OfType<Tensor>();
}
