using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Session.Sweeps;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Sweeps;

/// <summary>Returns a range of numbers, or a list of values with a condition, for a parameter of Start-Sweep.</summary>
/// <example>
/// <code>New-SearchRange 1e-4 1e-1 -Log</code>
/// <output>
/// Minimum Maximum Log  Integer Count
/// ------- ------- ---  ------- -----
///  0.0001     0.1 True False       5
/// </output>
/// </example>
/// <example>
/// <code>@{ Optimizer = 'SGD', 'Adam'; Momentum = New-SearchRange 0.8 0.99 -When @{ Optimizer = 'SGD' } }</code>
/// Momentum is used
/// with SGD only.
/// </example>
[Cmdlet(VerbsCommon.New, "SearchRange", DefaultParameterSetName = RangeSet, HelpUri = ProjectLinks.Help + "New-SearchRange")]
[OutputType(typeof(SearchRange), typeof(SearchChoices))]
public sealed class NewSearchRangeCommand : ConvNetCommand
{
    private const string RangeSet = "Range",
        ValueSet = "Value";

    /// <summary>Gets or sets the least value.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RangeSet)]
    public double Minimum { get; set; }

    /// <summary>Gets or sets the largest value.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RangeSet)]
    public double Maximum { get; set; }

    /// <summary>Gets or sets a value indicating whether the logarithm is searched evenly, as for learning rates.</summary>
    [Parameter(ParameterSetName = RangeSet)]
    public SwitchParameter Log { get; set; }

    /// <summary>Gets or sets a value indicating whether only whole numbers are tried.</summary>
    [Parameter(ParameterSetName = RangeSet)]
    public SwitchParameter Integer { get; set; }

    /// <summary>Gets or sets the points of the range in a grid, 2 or more. Default: 5.</summary>
    [Parameter(ParameterSetName = RangeSet)]
    public int Count { get; set; } = 5;

    /// <summary>Gets or sets the values, where they are no range.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ValueSet)]
    [AllowEmptyCollection]
    public object[] Value { get; set; } = [];

    /// <summary>
    /// Gets or sets the other parameters, with a value or values of each, with which this one is used; with others it is left out. Default:
    /// it is always used.
    /// </summary>
    [Parameter]
    public Hashtable? When { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        SearchDimension made =
            ParameterSetName == RangeSet
                ? new SearchRange(Minimum, Maximum, Log, Integer, Count)
                : new SearchChoices([.. Value.Select(SweepParameters.Plain)]);
        WriteObject(
            When is null
                ? made
                : made with
                {
                    When = When.Cast<DictionaryEntry>()
                        .ToDictionary(
                            condition => $"{condition.Key}",
                            condition => SweepParameters.List(condition.Value),
                            StringComparer.OrdinalIgnoreCase
                        ),
                }
        );
    }
}
