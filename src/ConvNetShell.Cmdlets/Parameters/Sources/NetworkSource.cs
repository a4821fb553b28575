using System.ComponentModel;
using System.Management.Automation;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>A network to look at, to measure or to train, and the run that trained it where that is known.</summary>
[TypeConverter(typeof(NetworkSourceConverter))]
public sealed record NetworkSource
{
    private readonly Lazy<Network> network;
    private readonly Lazy<NetworkPlan> plan;

    /// <summary>Takes a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="run">The run whose network it is, or <see langword="null"/>.</param>
    public NetworkSource(Network network, TrainingRun? run)
    {
        this.network = new Lazy<Network>(network);
        plan = new Lazy<NetworkPlan>(network.Plan);
        Name = network.Name;
        Run = run;
    }

    /// <summary>Takes a preset. Its weights are made when they are asked for: 62 million for AlexNet, whose plan needs none.</summary>
    /// <param name="preset">The preset.</param>
    internal NetworkSource(NetworkPreset preset)
    {
        network = new Lazy<Network>(() => NetworkFactory.FromPreset(preset));
        plan = new Lazy<NetworkPlan>(() => NetworkPlan.Fit(preset.Layers(), preset.InputShape));
        Name = preset.Name;
        IsTemporary = true;
    }

    /// <summary>Gets the network.</summary>
    public Network Network => network.Value;

    /// <summary>Gets the network's layers and shapes, without its weights.</summary>
    public NetworkPlan Plan => plan.Value;

    /// <summary>Gets the network's name.</summary>
    public string Name { get; }

    /// <summary>Gets the run whose network it is, or <see langword="null"/>.</summary>
    public TrainingRun? Run { get; }

    /// <summary>Gets what errors are about: the network, or the name of one that has not been made.</summary>
    internal object Target => network.IsValueCreated ? Network : Name;

    /// <summary>Gets the dataset of the run, or <see langword="null"/>.</summary>
    public Dataset? Dataset => Run?.Dataset;

    /// <summary>Gets the learning rate of the run, or <see langword="null"/>.</summary>
    public double? LearningRate => Run?.Settings.LearningRate;

    /// <summary>Gets a value indicating whether the network was made for this argument alone, from a preset's name.</summary>
    public bool IsTemporary { get; }

    /// <summary>Gets a value indicating whether the network is a column of a table's row, whose other columns are settings.</summary>
    internal bool IsOfRow => Row is not null;

    /// <summary>Gets that row, or <see langword="null"/>.</summary>
    internal PSObject? Row { get; init; }

    /// <summary>Says the network's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
