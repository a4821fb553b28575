using System.Collections;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>New-Object: makes an object of a .NET type.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
[OutputType(typeof(object))]
public sealed class NewObjectCommand : PSCmdlet
{
    /// <summary>The type.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = string.Empty;

    /// <summary>Arguments of the constructor.</summary>
    [Parameter(Position = 1)]
    [Alias("Args")]
    public object?[] ArgumentList { get; set; } = [];

    /// <summary>Properties to set; a PSObject gets them as new ones.</summary>
    [Parameter]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!LanguagePrimitives.TryConvertTo(TypeName, out Type type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."), "TypeNotFound", ErrorCategory.InvalidType, TypeName));
        }

        // The engine's own binder picks the constructor and converts the arguments.
        ScriptBlock make = ScriptBlock.Create("param($type, $list) $made = $type::new.Invoke($list); , $made");
        object created = type == typeof(PSObject) || type == typeof(PSCustomObject) ? new PSObject() : make.Invoke(type, ArgumentList)[0];
        var result = PSObject.AsPSObject(created);
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            string name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (result.Properties[name] is { } existing)
            {
                existing.Value = entry.Value;
            }
            else if (result.BaseObject is PSCustomObject)
            {
                result.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
            else
            {
                WriteError(new ErrorRecord(
                    new PSArgumentException($"-Property may name the type's own properties only. Received: {name}, which {type} does not have."),
                    "InvalidOperationException", ErrorCategory.InvalidOperation, result));
            }
        }

        WriteObject(result);
    }
}
