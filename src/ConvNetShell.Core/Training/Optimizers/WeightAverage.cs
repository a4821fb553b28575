using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>Keeps an average of a network's weights and running statistics beside it.</summary>
internal sealed class WeightAverage : IDisposable
{
    private const double LastQuarter = 0.75;
    private readonly Network network;
    private readonly AverageKind kind;
    private readonly double decay;
    private readonly Tensor[] means;

    public WeightAverage(Network network, TrainingSettings settings)
    {
        this.network = network;
        kind = settings.Average;
        decay = settings.AverageDecay;
        using var scope = NewDisposeScope();
        means = kind == AverageKind.None ? [] : [.. network.State.Select(tensor => tensor.Value.detach().clone().DetachFromDisposeScope())];
    }

    /// <summary>Gets or sets how often weights were taken into the average.</summary>
    public long Count { get; set; }

    /// <summary>Gets or sets the epoch after which weights were taken in last; 0 before the first.</summary>
    public int Epoch { get; set; }

    /// <summary>Gets the average; empty where there is none.</summary>
    public IReadOnlyList<Tensor> Means => means;

    /// <summary>Takes in the weights after a step.</summary>
    public void AfterStep()
    {
        if (kind == AverageKind.EMA)
        {
            Count++;
            Update(1 - Math.Min(decay, (1.0 + Count) / (10 + Count))); // a young average forgets the first weights soon
        }
    }

    /// <summary>Takes in the weights after an epoch.</summary>
    public void AfterEpoch(int epoch, int epochs)
    {
        bool isDone = Epoch == epoch; // in a run that was stopped while it validated
        if (kind == AverageKind.SWA && !isDone && (epoch > LastQuarter * epochs || epoch == epochs))
        {
            Epoch = epoch;
            Count++;
            Update(1.0 / Count);
        }
    }

    /// <summary>
    /// Puts the average into the network and the network's weights here, or back; does nothing before there is an average.
    /// </summary>
    public void Swap()
    {
        if (Count == 0)
        {
            return;
        }
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < means.Length; i++)
        {
            Tensor kept = network.State[i].Value.detach().clone();
            network.State[i].Value.copy_(means[i]);
            means[i].copy_(kept);
        }
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(means, mean => mean.Dispose());

    private void Update(double fraction)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        for (int i = 0; i < means.Length; i++)
        {
            means[i].lerp_(network.State[i].Value, fraction);
        }
    }
}
