using System.Globalization;
using Microsoft.PowerShell.Commands;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Measure-Object: counts objects and measures their numbers or texts.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object", DefaultParameterSetName = "GenericMeasure")]
[OutputType(typeof(GenericMeasureInfo), typeof(TextMeasureInfo))]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly SortedDictionary<int, (string? Name, Tally Tally)> _tallies = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);
    private PropertyChoice[] _properties = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The properties to measure; the objects themselves when left out.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Adds up.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Sum { get; set; }

    /// <summary>Takes the mean.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Average { get; set; }

    /// <summary>Finds the largest.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Finds the smallest.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Takes the standard deviation of the sample.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter StandardDeviation { get; set; }

    /// <summary>All five.</summary>
    [Parameter(ParameterSetName = "GenericMeasure")]
    public SwitchParameter AllStats { get; set; }

    /// <summary>Counts lines.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Line { get; set; }

    /// <summary>Counts words.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Word { get; set; }

    /// <summary>Counts characters.</summary>
    [Parameter(ParameterSetName = "TextMeasure")]
    public SwitchParameter Character { get; set; }

    private bool NeedsNumbers => Sum || Average || StandardDeviation || AllStats;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _properties = PropertyChoice.Parse(Property);
        if (_properties.Length == 0)
        {
            _tallies[0] = (null, new Tally());
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (_properties.Length == 0)
        {
            Add(_tallies[0].Tally, InputObject);
            return;
        }

        foreach (PropertyChoice property in _properties)
        {
            foreach (PSPropertyExpressionResult value in property.Values(InputObject).Where(value => value is { Exception: null, Result: not null }))
            {
                string name = property.NameOf(value);
                if (!_places.TryGetValue(name, out int place))
                {
                    _places[name] = place = _places.Count;
                    _tallies[place] = (name, new Tally());
                }

                Add(_tallies[place].Tally, value.Result);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (PropertyChoice property in _properties.Where(property => !property.Expression.HasWildCardCharacters))
        {
            string name = property.Name ?? property.Expression.ToString();
            if (!_places.ContainsKey(name))
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException($"-Property must be on at least one object of the input. Received: Property={name}."),
                    "GenericMeasurePropertyNotFound", ErrorCategory.InvalidArgument, null));
            }
        }

        foreach ((string? name, Tally tally) in _tallies.Values)
        {
            WriteObject(ParameterSetName == "TextMeasure" ? Texts(name, tally) : Numbers(name, tally));
        }
    }

    private void Add(Tally tally, object value)
    {
        if (ParameterSetName == "TextMeasure")
        {
            tally.AddText(LanguagePrimitives.ConvertTo<string>(value));
            return;
        }

        bool extremes = Maximum || Minimum || AllStats;
        if (!NeedsNumbers)
        {
            tally.AddValue(value, extremes);
        }
        else if (LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out double number))
        {
            tally.AddValue(extremes && value is PSObject { BaseObject: string } ? number : value, extremes);
            tally.AddNumber(number);
        }
        else
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"The input must be numbers for -Sum, -Average and -StandardDeviation. Received: {value} ({value.GetType().Name})."),
                "NonNumericInputObject", ErrorCategory.InvalidType, value));
        }
    }

    private GenericMeasureInfo Numbers(string? name, Tally tally)
    {
        bool any = tally.Count > 0;
        return new GenericMeasureInfo
        {
            Property = name,
            Count = tally.Count,
            Sum = any && (Sum || AllStats) ? tally.Sum : null,
            Average = any && (Average || AllStats) ? tally.Mean : null,
            StandardDeviation = any && (StandardDeviation || AllStats) ? tally.StandardDeviation : null,
            Maximum = Maximum || AllStats ? tally.Maximum : null,
            Minimum = Minimum || AllStats ? tally.Minimum : null,
        };
    }

    private TextMeasureInfo Texts(string? name, Tally tally) => new()
    {
        Property = name,
        Lines = Line ? tally.Lines : null,
        Words = Word ? tally.Words : null,
        Characters = Character ? tally.Characters : null,
    };
}
