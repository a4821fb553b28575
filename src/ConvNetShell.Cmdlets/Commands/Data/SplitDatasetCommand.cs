using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
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
/// <example>
/// <code>$people = Import-Dataset ./people | Split-Dataset -ByClass -Validation 0.1 -Test 0.2</code>
/// A folder a person; the people of Test are not in Train.
/// </example>
/// <example>
/// <code>Import-Dataset Faces | Split-Dataset -BalanceBy Skin</code>
/// Each group has as many training images as the largest.
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

    /// <summary>
    /// Gets or sets a value indicating whether whole classes are held out: then Test and Validation have classes that Train has not, as it
    /// takes to measure whether a network says of people it has never seen if they are the same. The fractions are of the classes.
    /// </summary>
    [Parameter]
    public SwitchParameter ByClass { get; set; }

    /// <summary>
    /// Gets or sets a property by which the training images are balanced: those of the rarer groups are repeated until each group has as
    /// many as the largest. An attribute of the dataset (Skin of Faces), a property of a sample (Class), or a script that gets the sample
    /// as $_. Default: nothing is repeated.
    /// </summary>
    [Parameter]
    public object? BalanceBy { get; set; }

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
        if (ByClass && Test is null && Validation is null)
        {
            throw new InvalidSettingException("-ByClass", "given with -Test or -Validation, which say how many classes are held out", null);
        }
        data = ByClass
            ? HoldOutClasses(data)
            : (Test, Validation) switch
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
        if (BalanceBy is not null)
        {
            data = data.Balance(SampleGroups.Of(data, data.Train, BalanceBy).Values);
        }
        bool[] isLooked = [!ByClass && Validation is not null, !ByClass && Test is not null];
        foreach (string text in SplitWarnings.Of(data, isLooked[0] ? data.Validation : null, isLooked[1] ? data.Test : null))
        {
            WriteWarning(text);
        }
        WriteObject(data);
    }

    private Dataset HoldOutClasses(Dataset data)
    {
        double before = data.Train.Labels.Distinct().Count();
        Dataset rest = Test is double test ? data.HoldOutTestClasses(test, Seed) : data;
        return Validation is double validation
            ? rest.HoldOutValidationClasses(validation * before / rest.Train.Labels.Distinct().Count(), Seed)
            : rest;
    }
}
