using Microsoft.PowerShell.Commands;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Select-Object: picks objects by place and properties by name.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
[OutputType(typeof(PSObject))]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> _held = [];
    private readonly List<PSObject> _unique = [];
    private PropertyChoice[] _properties = [];
    private PropertyChoice? _expand;
    private WildcardPattern[] _excluded = [];
    private int _seen;

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The properties to keep: names, wildcards, script blocks, or tables with Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Properties to leave out.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>A property whose value (or values) is written instead of the object.</summary>
    [Parameter]
    public string? ExpandProperty { get; set; }

    /// <summary>Writes equal objects once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>Texts that differ only in case are equal for -Unique.</summary>
    [Parameter]
    public SwitchParameter CaseInsensitive { get; set; }

    /// <summary>How many from the start.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>How many from the end.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>How many to leave out: at the start, or at the end with -Last.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>How many to leave out at the end.</summary>
    [Parameter(ParameterSetName = "SkipLastParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    /// <summary>The places, from 0.</summary>
    [Parameter(ParameterSetName = "IndexParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    /// <summary>Lets the commands before run to their end although -First or -Index has enough.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        object[]? chosen = Property ?? (ExcludeProperty is null ? null : ["*"]);
        _properties = PropertyChoice.Parse(chosen);
        _expand = ExpandProperty is null ? null : PropertyChoice.Parse([ExpandProperty])[0];
        _excluded = [.. (ExcludeProperty ?? []).Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        StopIfDone();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        int place = _seen++;
        if (Index is not null)
        {
            if (Index.Contains(place))
            {
                Emit(InputObject);
            }
        }
        else if (First is { } first && place >= Skip && place < Skip + first)
        {
            Emit(InputObject);
        }
        else if (Last is { } last)
        {
            _held.Enqueue(InputObject);
            if (_held.Count > last + Skip)
            {
                _held.Dequeue();
            }
        }
        else if (First is null && place >= Skip)
        {
            _held.Enqueue(InputObject);
            if (_held.Count > SkipLast)
            {
                Emit(_held.Dequeue());
            }
        }

        StopIfDone();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        for (int left = Last is null ? 0 : _held.Count - Skip; left > 0; left--)
        {
            Emit(_held.Dequeue());
        }

        foreach (PSObject item in _unique)
        {
            WriteObject(item);
        }
    }

    private void StopIfDone()
    {
        bool done = Index is { Length: > 0 } ? _seen > Index.Max() : First is { } first && Last is null && _seen >= first + Skip;
        if (!done || Wait)
        {
            return;
        }

        EndProcessing();
        throw EngineInternals.StopUpstream(this);
    }

    private void Emit(PSObject item)
    {
        PSObject selected = _properties.Length == 0 ? item : Project(item);
        if (_expand is null)
        {
            Write(selected);
            return;
        }

        PSPropertyExpressionResult[] values = [.. _expand.Values(item)];
        if (values is not [{ Exception: null } only])
        {
            string problem = values.Length == 0 ? "has no such property" : "has no single value for it";
            WriteError(new ErrorRecord(
                new PSArgumentException($"-ExpandProperty needs a property of the object; {item.BaseObject.GetType().Name} {problem}. Received: ExpandProperty={ExpandProperty}."),
                "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, item));
            return;
        }

        foreach (object? value in LanguagePrimitives.GetEnumerable(only.Result)?.Cast<object?>() ?? [only.Result])
        {
            if (value is not null)
            {
                Write(_properties.Length == 0 ? PSObject.AsPSObject(value) : WithProperties(value, selected));
            }
        }
    }

    private void Write(PSObject item)
    {
        if (!Unique)
        {
            WriteObject(item);
        }
        else if (!_unique.Exists(known => ObjectEquality.Same(known, item, caseSensitive: !CaseInsensitive)))
        {
            _unique.Add(item);
        }
    }

    private PSObject Project(PSObject item)
    {
        var selected = new PSObject();
        selected.TypeNames.Insert(0, "Selected." + item.TypeNames[0]);
        foreach (PropertyChoice property in _properties)
        {
            PSPropertyExpressionResult[] values = [.. property.Values(item)];
            if (values.Length == 0 && !property.Expression.HasWildCardCharacters)
            {
                Add(selected, property.Name ?? property.Expression.ToString(), null);
            }

            foreach (PSPropertyExpressionResult value in values)
            {
                Add(selected, property.NameOf(value), value.Exception is null ? value.Result : null);
            }
        }

        return selected;
    }

    private void Add(PSObject target, string name, object? value)
    {
        if (target.Properties[name] is null && !Array.Exists(_excluded, pattern => pattern.IsMatch(name)))
        {
            target.Properties.Add(new PSNoteProperty(name, value));
        }
    }

    private static PSObject WithProperties(object value, PSObject properties)
    {
        PSObject result = new(value is PSObject wrapped ? wrapped.BaseObject : value);
        foreach (PSPropertyInfo property in properties.Properties)
        {
            if (result.Properties[property.Name] is null)
            {
                result.Properties.Add(new PSNoteProperty(property.Name, property.Value));
            }
        }

        return result;
    }
}
