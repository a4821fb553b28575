using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Keeps <c>Add-Member NoteProperty x 1</c> from being read as a note named NoteProperty: such a word names a kind of member.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotAMemberKindAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is string name && Enum.TryParse<PSMemberTypes>(name, ignoreCase: true, out _))
        {
            throw EngineInternals.TryNextParameter($"-NotePropertyName must not be the name of a kind of member. Received: {name}.");
        }
    }
}
