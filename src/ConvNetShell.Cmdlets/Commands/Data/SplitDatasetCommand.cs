using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Holds out part of a dataset's training images for validation or testing, or keeps some of each class only. Every class
/// keeps its fraction, and its only image; the same seed gives the same split on every machine. The dataset given is not changed.
/// </summary>
/// <example>
/// <code>$data = Import-Dataset ./photos | Split-Dataset -Validation 0.1 -Test 0.2</code>
/// Three splits, stratified by class; the same for the same seed.
/// </example>
/// <example>
/// <code>Import-Dataset CIFAR10 | Split-Dataset -PerClass 100</code>
/// A hundred training images of each class.
/// </example>
[Cmdlet(VerbsCommon.Split, "Dataset", HelpUri = ProjectLinks.Help + "Split-Dataset")]
[OutputType(typeof(Dataset))]
public sealed class SplitDatasetCommand : DataCommand
{
    /// <summary>Gets or sets the dataset: an object, a run, a known name or a path.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource Dataset { get; set; } = null!;

    /// <summary>
    /// Gets or sets the fraction of the training images that becomes the Validation split. With -Test it is a fraction of the same
    /// images: -Test 0.2 -Validation 0.1 leaves 0.7. Default: none.
    /// </summary>
    [Parameter]
    public double? Validation { get; set; }

    /// <summary>Gets or sets the fraction of the training images that becomes the Test split. Default: none.</summary>
    [Parameter]
    public double? Test { get; set; }

    /// <summary>Gets or sets how many training images of each class are kept at most. Default: all.</summary>
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
        data = (Test, Validation) switch
        {
            (double test, double validation) => data.HoldOut(test, validation, Seed),
            (double test, null) => data.HoldOutTest(test, Seed),
            (null, double validation) => data.HoldOutValidation(validation, Seed),
            _ => data,
        };
        if (PerClass is int perClass)
        {
            data = data.LimitPerClass(perClass, Seed);
        }
        foreach (string text in SplitWarnings.Of(data, Validation is null ? null : data.Validation, Test is null ? null : data.Test))
        {
            WriteWarning(text);
        }
        WriteObject(data);
    }
}
