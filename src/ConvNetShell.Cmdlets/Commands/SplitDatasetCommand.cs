using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display;

namespace ConvNetShell.Cmdlets.Commands;

/// <summary>
/// Holds out part of a dataset's training images for validation or testing, or keeps only some images of each class. Every class keeps
/// its proportion, and the same seed gives the same split on every machine. The dataset given is not changed.
/// </summary>
/// <example><code>$data = Import-Dataset ./photos | Split-Dataset -Validation 0.1 -Test 0.2</code></example>
/// <example><code>Import-Dataset CIFAR10 | Split-Dataset -PerClass 100</code></example>
[Cmdlet(VerbsCommon.Split, "Dataset", HelpUri = ProjectLinks.Help + "Split-Dataset")]
[OutputType(typeof(Dataset))]
public sealed class SplitDatasetCommand : DataCommand
{
    /// <summary>Gets or sets the dataset: an object, a run, a known name or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <summary>Gets or sets the fraction of the training images that becomes the Validation split.</summary>
    [Parameter]
    public double? Validation { get; set; }

    /// <summary>Gets or sets the fraction of the training images that becomes the Test split; taken before validation.</summary>
    [Parameter]
    public double? Test { get; set; }

    /// <summary>Gets or sets how many training images of each class are kept at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? PerClass { get; set; }

    /// <summary>Gets or sets the seed. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    protected override object? Target => Dataset;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset data = Resolve(Dataset);
        if (Test is double test)
        {
            data = data.HoldOutTest(test, Seed);
        }
        if (Validation is double validation)
        {
            data = data.HoldOutValidation(validation, Seed);
        }
        if (PerClass is int perClass)
        {
            data = data.LimitPerClass(perClass, Seed);
        }
        WriteObject(data);
    }
}
