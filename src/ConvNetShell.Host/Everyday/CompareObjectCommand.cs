using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Compare-Object: what two lists have and have not in common, whatever the order.</summary>
[Cmdlet(VerbsData.Compare, "Object")]
[OutputType(typeof(PSObject))]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _difference = [];

    /// <summary>The one list.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    /// <summary>The other list.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    /// <summary>What to compare by; the objects themselves when left out.</summary>
    [Parameter]
    public object[]? Property { get; set; }

    /// <summary>Writes equal ones too, marked ==.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Leaves out those that differ.</summary>
    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    /// <summary>Makes case count.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <summary>Writes the objects themselves, with a SideIndicator added.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _difference.AddRange(DifferenceObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        PropertyChoice[] keys = PropertyChoice.Parse(Property);
        var comparer = new ValueComparer(CaseSensitive);
        var onlyLeft = new List<PSObject>();
        var onlyRight = new List<PSObject>(_difference);
        foreach (PSObject left in ReferenceObject)
        {
            int match = onlyRight.FindIndex(right => Same(left, right));
            if (match < 0)
            {
                onlyLeft.Add(left);
                continue;
            }

            onlyRight.RemoveAt(match);
            if (IncludeEqual || ExcludeDifferent)
            {
                Report(left, "==");
            }
        }

        if (!ExcludeDifferent)
        {
            onlyRight.ForEach(item => Report(item, "=>"));
            onlyLeft.ForEach(item => Report(item, "<="));
        }

        bool Same(PSObject left, PSObject right) => keys.Length == 0
            ? ObjectEquality.Same(left, right, CaseSensitive)
            : Array.TrueForAll(keys, key => comparer.Equals(key.Value(left), key.Value(right)));

        void Report(PSObject item, string side)
        {
            PSObject result = PassThru ? item : new PSObject();
            if (!PassThru && keys.Length == 0)
            {
                result.Properties.Add(new PSNoteProperty("InputObject", item));
            }

            foreach (PropertyChoice key in PassThru ? [] : keys)
            {
                result.Properties.Add(new PSNoteProperty(key.Name ?? key.Expression.ToString(), key.Value(item)));
            }

            result.Properties.Remove("SideIndicator");
            result.Properties.Add(new PSNoteProperty("SideIndicator", side));
            WriteObject(result);
        }
    }
}
