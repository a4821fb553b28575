using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>Takes images out of a dataset: by index, the first ones, or random ones, of all classes or of some.</summary>
/// <example>
/// <code>Select-Sample CIFAR10 -Class cat -Count 3</code>
/// The first three cats of the test images.
/// </example>
/// <example>
/// <code>Select-Sample $run -Random -Count 5 -Seed 7 | Get-Prediction $run</code>
/// Five images at random, the same five for the same seed, and what the run sees in them.
/// </example>
[Cmdlet(VerbsCommon.Select, "Sample", DefaultParameterSetName = CountSet, HelpUri = ProjectLinks.Help + "Select-Sample")]
[OutputType(typeof(ImageSample))]
public sealed class SelectSampleCommand : DataCommand
{
    private const string CountSet = "Count",
        IndexSet = "Index";

    /// <summary>Gets or sets the dataset: an object, a run, a known name or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <inheritdoc cref="Abstractions.Splits.SplitCommand.Split" />
    [Parameter]
    public SplitKind? Split { get; set; }

    /// <summary>Gets or sets the images' indices in the split, from 0.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IndexSet)]
    public int[] Index { get; set; } = [];

    /// <summary>Gets or sets the classes to take from; wildcards are allowed. Default: all.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ClassNameCompleter))]
    public string[] Class { get; set; } = ["*"];

    /// <summary>Gets or sets how many images are taken. Default: 1.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether the images are drawn at random.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public SwitchParameter Random { get; set; }

    /// <summary>Gets or sets the seed of the draw. Default: 0.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public int Seed { get; set; }

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Resolve(Dataset);
        DatasetSplit split = data.Split(Split);
        foreach (int index in ParameterSetName == IndexSet ? Index : Choose(data, split))
        {
            Attempt(() => WriteObject(ImageSamples.FromSplit(data, split, index)), index);
        }
    }

    private IEnumerable<int> Choose(Dataset data, DatasetSplit split)
    {
        HashSet<string> wanted =
        [
            .. NamedItems.Select(
                data.Classes,
                name => name,
                Class,
                missing => Attempt(() => throw new NameNotFoundException("Class.NotFound", "-Class", data.Classes, missing), missing)
            ),
        ];
        int[] indices = [.. Enumerable.Range(0, split.Count).Where(index => wanted.Contains(data.Classes[split.Labels[index]]))];
        if (Random)
        {
            new SeededRandom(Seed).Shuffle<int>(indices);
        }
        return indices.Take(Count);
    }
}
