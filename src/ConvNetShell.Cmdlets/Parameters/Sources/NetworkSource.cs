using System.ComponentModel;
using System.Management.Automation;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>A network to look at, to measure or to train, and the run that trained it where that is known.</summary>
/// <param name="Network">The network.</param>
/// <param name="Run">The run whose network it is, or <see langword="null"/>.</param>
[TypeConverter(typeof(NetworkSourceConverter))]
public sealed record NetworkSource(Network Network, TrainingRun? Run)
{
    /// <summary>Gets the dataset of the run, or <see langword="null"/>.</summary>
    public Dataset? Dataset => Run?.Dataset;

    /// <summary>Gets the learning rate of the run, or <see langword="null"/>.</summary>
    public double? LearningRate => Run?.Settings.LearningRate;

    /// <summary>Gets a value indicating whether the network was made for this argument alone, from a preset's name.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Gets a value indicating whether the network is a column of a table's row, whose other columns are settings.</summary>
    internal bool IsOfRow => Row is not null;

    /// <summary>Gets that row, or <see langword="null"/>.</summary>
    internal PSObject? Row { get; init; }

    /// <summary>Says the network's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Network.Name;
}
