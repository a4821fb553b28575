using System.Collections;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Add-Member: gives an object further members.</summary>
[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeNameSet")]
[OutputType(typeof(PSObject))]
public sealed class AddMemberCommand : PSCmdlet
{
    /// <summary>The object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>What kind of member.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "MemberSet")]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.NoteProperty;

    /// <summary>Its name.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "MemberSet")]
    public string Name { get; set; } = string.Empty;

    /// <summary>Its value, script block or target.</summary>
    [Parameter(Position = 2, ParameterSetName = "MemberSet")]
    public object? Value { get; set; }

    /// <summary>The setter of a script property.</summary>
    [Parameter(Position = 3, ParameterSetName = "MemberSet")]
    public ScriptBlock? SecondValue { get; set; }

    /// <summary>The name of a note.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "NotePropertySingleMemberSet")]
    [NotAMemberKind]
    public string? NotePropertyName { get; set; }

    /// <summary>The value of a note.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "NotePropertySingleMemberSet")]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    /// <summary>Several notes.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "NotePropertyMultiMemberSet")]
    public IDictionary? NotePropertyMembers { get; set; }

    /// <summary>A type name to put first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "TypeNameSet")]
    [Parameter(ParameterSetName = "MemberSet")]
    [Parameter(ParameterSetName = "NotePropertySingleMemberSet")]
    [Parameter(ParameterSetName = "NotePropertyMultiMemberSet")]
    public string? TypeName { get; set; }

    /// <summary>Replaces a member of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSMemberInfo member in ParameterSetName == "TypeNameSet" ? [] : NewMembers())
        {
            if (Force)
            {
                InputObject.Members.Remove(member.Name);
            }

            InputObject.Members.Add(member);
        }

        if (TypeName is not null)
        {
            InputObject.TypeNames.Insert(0, TypeName);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private IEnumerable<PSMemberInfo> NewMembers()
    {
        if (NotePropertyMembers is not null)
        {
            return NotePropertyMembers.Keys.Cast<object>()
                .Select(key => new PSNoteProperty(LanguagePrimitives.ConvertTo<string>(key), NotePropertyMembers[key]));
        }

        return [NotePropertyName is not null ? new PSNoteProperty(NotePropertyName, NotePropertyValue) : NewMember()];
    }

    private PSMemberInfo NewMember() => MemberType switch
    {
        PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value), SecondValue),
        PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
        PSMemberTypes.AliasProperty => new PSAliasProperty(Name, LanguagePrimitives.ConvertTo<string>(Value)),
        PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
        _ => throw new PSArgumentException($"-MemberType must be NoteProperty, ScriptProperty, ScriptMethod or AliasProperty. Received: MemberType={MemberType}."),
    };
}
