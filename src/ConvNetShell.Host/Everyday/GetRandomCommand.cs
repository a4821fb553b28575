using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-Random: random numbers, or random picks from the input.</summary>
[Cmdlet(VerbsCommon.Get, "Random", DefaultParameterSetName = "RandomNumber")]
[OutputType(typeof(int), typeof(long), typeof(double), typeof(PSObject))]
public sealed class GetRandomCommand : PSCmdlet
{
    private static readonly ConditionalWeakTable<Runspace, Random> Generators = [];

    private readonly List<object?> _items = [];

    /// <summary>What to pick from.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "RandomListItem", ValueFromPipeline = true)]
    [Parameter(Mandatory = true, ParameterSetName = "Shuffle", ValueFromPipeline = true)]
    [AllowNull]
    public object?[]? InputObject { get; set; }

    /// <summary>Numbers stay below this.</summary>
    [Parameter(Position = 0, ParameterSetName = "RandomNumber")]
    public object? Maximum { get; set; }

    /// <summary>Numbers are at least this.</summary>
    [Parameter(ParameterSetName = "RandomNumber")]
    public object? Minimum { get; set; }

    /// <summary>How many.</summary>
    [Parameter(ParameterSetName = "RandomNumber")]
    [Parameter(ParameterSetName = "RandomListItem")]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>Writes all of the input in random order.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Shuffle")]
    public SwitchParameter Shuffle { get; set; }

    /// <summary>Starts the session's sequence anew; the same seed gives the same sequence.</summary>
    [Parameter]
    public int? SetSeed { get; set; }

    private static Random Generator => Generators.GetValue(Runspace.DefaultRunspace, _ => new Random());

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (SetSeed is { } seed)
        {
            Generators.AddOrUpdate(Runspace.DefaultRunspace, new Random(seed));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _items.AddRange(InputObject ?? []);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == "RandomNumber")
        {
            for (int i = 0; i < Count; i++)
            {
                WriteObject(Next(Number(Minimum), Number(Maximum)));
            }

            return;
        }

        object?[] items = [.. _items];
        Generator.Shuffle(items);
        WriteObject(Shuffle ? items : items.Take(Count), enumerateCollection: true);
    }

    private object Next(object? minimum, object? maximum)
    {
        double low = Convert.ToDouble(minimum ?? 0, null);
        double high = Convert.ToDouble(maximum ?? (minimum is double ? double.MaxValue : int.MaxValue), null);
        if (low >= high)
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"-Minimum must be less than -Maximum. Received: Minimum={low}, Maximum={high}."),
                "MinGreaterThanOrEqualMax", ErrorCategory.InvalidArgument, null));
        }

        if (minimum is double || maximum is double)
        {
            return low + (Generator.NextDouble() * (high - low));
        }

        return minimum is long || maximum is long
            ? (object)Generator.NextInt64(Convert.ToInt64(minimum ?? 0, null), Convert.ToInt64(maximum ?? long.MaxValue, null))
            : Generator.Next((int)low, (int)high);
    }

    // Text such as '5' (from a pipeline or -File) is the number it reads as; a number that int cannot hold is long or double.
    private static object? Number(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        float or double or decimal => LanguagePrimitives.ConvertTo<double>(value),
        string text when text.Contains('.', StringComparison.Ordinal) => LanguagePrimitives.ConvertTo<double>(text),
        var whole when LanguagePrimitives.TryConvertTo(whole, out int small) => small,
        var whole when LanguagePrimitives.TryConvertTo(whole, out long large) => large,
        var other => LanguagePrimitives.ConvertTo<double>(other),
    };
}
