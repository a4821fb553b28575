using System.Management.Automation;
using System.Reflection;

namespace ConvNetShell.Cmdlets.Session.Figures;

/// <summary>
/// Finds out whether a cmdlet's output becomes text: in a file, a string or another cmdlet. PowerShell informs a cmdlet about its own
/// pipeline only; a file behind
/// <c>&gt;</c> and the pipeline around a function are known to the engine alone, and are read from it by name.
/// </summary>
internal static class OutputPipe
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly HashSet<string> Screen = new(StringComparer.Ordinal) { "OutDefaultCommand", "OutHostCommand" };
    private static readonly HashSet<string> Writers = new(StringComparer.Ordinal)
    {
        "OutFileCommand",
        "OutStringCommand",
        "SetContentCommand",
        "AddContentCommand",
        "TeeObjectCommand",
    };

    /// <summary>Returns whether a figure must go down the pipeline as text instead of to the screen.</summary>
    /// <param name="cmdlet">The cmdlet that shows it.</param>
    /// <returns>
    /// True where the cmdlet is followed by another or redirected to a file, or the function or script around it is redirected or piped to
    /// a cmdlet that writes text. A
    /// variable gets nothing, as from Write-Host.
    /// </returns>
    public static bool WantsText(PSCmdlet cmdlet)
    {
        object? pipe = Read(cmdlet.CommandRuntime, "OutputPipe");
        string? next = Read(Read(pipe, "DownstreamCmdlet"), "Command")?.GetType().Name;
        bool followed = cmdlet.MyInvocation.PipelinePosition < cmdlet.MyInvocation.PipelineLength;
        return next is not null
            ? !Screen.Contains(next) && (followed || Writers.Contains(next))
            : followed || Read(pipe, "PipelineProcessor") is not null;
    }

    private static object? Read(object? owner, string property) => owner?.GetType().GetProperty(property, Any)?.GetValue(owner);
}
