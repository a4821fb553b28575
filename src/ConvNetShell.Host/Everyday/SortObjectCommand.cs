using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Sort-Object: orders objects; equal ones keep their order.</summary>
[Cmdlet("Sort", "Object")]
[OutputType(typeof(PSObject))]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to order by: names, script blocks, or tables with Expression and Descending; the objects themselves when left out.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Largest first.</summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary>Keeps one of those that are equal.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Makes case count.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Accepted as in pwsh; the order of equals is always kept.</summary>
    [Parameter]
    public SwitchParameter Stable { get; set; }

    /// <summary>Writes only this many from the start.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Top { get; set; }

    /// <summary>Writes only this many from the end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Bottom { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _items.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PropertyChoice[] keys = PropertyChoice.Parse(Property);
        var comparer = new ValueComparer(CaseSensitive);
        bool[] descending = keys.Length == 0 ? [Descending] : [.. keys.Select(key => key.Descending ?? Descending)];
        var rows = _items.ConvertAll(item => (Item: item, Keys: keys.Length == 0 ? [item] : Array.ConvertAll(keys, key => key.Value(item))));
        IEnumerable<(PSObject Item, object?[] Keys)> sorted = rows.Order(Comparer<(PSObject Item, object?[] Keys)>.Create((x, y) => Compare(x.Keys, y.Keys)));
        sorted = Unique ? Distinct(sorted) : sorted;
        sorted = Top is { } top ? sorted.Take(top) : sorted;
        sorted = Bottom is { } bottom ? sorted.TakeLast(bottom) : sorted;
        WriteObject(sorted.Select(row => row.Item), enumerateCollection: true);

        int Compare(object?[] x, object?[] y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                int order = comparer.Compare(x[i], y[i]);
                if (order != 0)
                {
                    return descending[i] ? -order : order;
                }
            }

            return 0;
        }

        IEnumerable<(PSObject Item, object?[] Keys)> Distinct(IEnumerable<(PSObject Item, object?[] Keys)> ordered)
        {
            object?[]? last = null;
            foreach (var row in ordered)
            {
                if (last is null || Compare(last, row.Keys) != 0)
                {
                    yield return row;
                }

                last = row.Keys;
            }
        }
    }
}
