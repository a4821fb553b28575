using System.Collections;
using Microsoft.PowerShell.Commands;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Group-Object: gathers objects that share a value.</summary>
[Cmdlet(VerbsData.Group, "Object")]
[OutputType(typeof(GroupInfo), typeof(Hashtable))]
public sealed class GroupObjectCommand : PSCmdlet
{
    private readonly List<(object?[] Keys, List<PSObject> Members)> _groups = [];
    private readonly Dictionary<string, List<int>> _byText = new(StringComparer.CurrentCultureIgnoreCase);
    private PropertyChoice[] _keys = [];
    private ValueComparer _comparer = new(caseSensitive: false);

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What to group by; the objects themselves when left out.</summary>
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    /// <summary>Counts the members without keeping them.</summary>
    [Parameter]
    public SwitchParameter NoElement { get; set; }

    /// <summary>Returns one hashtable of member lists.</summary>
    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    /// <summary>Makes the hashtable's keys texts.</summary>
    [Parameter]
    public SwitchParameter AsString { get; set; }

    /// <summary>Makes case count.</summary>
    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _keys = PropertyChoice.Parse(Property);
        _comparer = new ValueComparer(CaseSensitive);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not { } item)
        {
            return;
        }

        object?[] keys = _keys.Length == 0 ? [item] : Array.ConvertAll(_keys, key => key.Value(item));
        string text = string.Join('\0', keys.Select(key => LanguagePrimitives.ConvertTo<string>(key)));
        if (!_byText.TryGetValue(text, out List<int>? candidates))
        {
            _byText[text] = candidates = [];
        }

        int known = candidates.FindIndex(index => _groups[index].Keys.SequenceEqual(keys, _comparer));
        if (known >= 0)
        {
            _groups[candidates[known]].Members.Add(item);
        }
        else
        {
            candidates.Add(_groups.Count);
            _groups.Add((keys, [item]));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AsHashTable)
        {
            var table = new Hashtable(CaseSensitive ? StringComparer.CurrentCulture : StringComparer.CurrentCultureIgnoreCase);
            foreach ((object?[] keys, List<PSObject> members) in _groups)
            {
                object key = keys is [{ } single] && !AsString ? Bare(single) : string.Join(", ", keys.Select(value => LanguagePrimitives.ConvertTo<string>(value)));
                table[key] = members.ToArray();
            }

            WriteObject(table);
            return;
        }

        var sorted = _groups.Order(Comparer<(object?[] Keys, List<PSObject>)>.Create((x, y) =>
            x.Keys.Zip(y.Keys, _comparer.Compare).FirstOrDefault(order => order != 0)));
        foreach ((object?[] keys, List<PSObject> members) in sorted)
        {
            WriteObject(NoElement ? new GroupInfoNoElement(keys.Select(Bare!), members) : new GroupInfo(keys.Select(Bare!), members));
        }
    }

    private static object Bare(object value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
