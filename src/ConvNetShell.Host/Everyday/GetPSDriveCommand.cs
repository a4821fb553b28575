using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-PSDrive: the session's drives.</summary>
[Cmdlet(VerbsCommon.Get, "PSDrive")]
[OutputType(typeof(PSDriveInfo))]
public sealed class GetPSDriveCommand : PSCmdlet
{
    /// <summary>Their names.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Their providers.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] PSProvider { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord() => WriteObject(
        SessionState.Drive.GetAll()
            .Where(drive => Matches(Name, drive.Name) && Matches(PSProvider, drive.Provider.Name))
            .OrderBy(drive => drive.Name, StringComparer.OrdinalIgnoreCase),
        enumerateCollection: true);

    private static bool Matches(string[] patterns, string text) =>
        Array.Exists(patterns, pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text));
}
