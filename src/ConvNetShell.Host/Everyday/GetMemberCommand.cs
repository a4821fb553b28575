using Microsoft.PowerShell.Commands;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-Member: what objects are made of, once a type.</summary>
[Cmdlet(VerbsCommon.Get, "Member")]
[OutputType(typeof(MemberDefinition))]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The members' names.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>What kind of members.</summary>
    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    /// <summary>Shows static members of the type.</summary>
    [Parameter]
    public SwitchParameter Static { get; set; }

    /// <summary>Shows accessor methods too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        string type = Static ? StaticType(InputObject).FullName! : InputObject.TypeNames[0];
        if (!_seen.Add(type))
        {
            return;
        }

        WildcardPattern[] patterns = Array.ConvertAll(Name, name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase));
        IEnumerable<PSMemberInfo> members = Static ? StaticMembers(InputObject) : InputObject.Members;
        WriteObject(
            members
                .Where(member => (member.MemberType & MemberType) != 0 && (Force || !IsAccessor(member)))
                .Where(member => Array.Exists(patterns, pattern => pattern.IsMatch(member.Name)))
                .OrderBy(member => member.MemberType.ToString(), StringComparer.Ordinal)
                .ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase)
                .Select(member => new MemberDefinition(type, member.Name, member.MemberType, member.ToString()!)),
            enumerateCollection: true);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_seen.Count == 0)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException("You must specify an object for the Get-Member cmdlet."), "NoObjectInGetMember", ErrorCategory.CloseError, null));
        }
    }

    private static bool IsAccessor(PSMemberInfo member) =>
        member is PSMethod && (member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal));

    private static Type StaticType(PSObject item) => item.BaseObject as Type ?? item.BaseObject.GetType();

    private static IEnumerable<PSMemberInfo> StaticMembers(PSObject item) => EngineInternals.StaticMembers(StaticType(item));
}
