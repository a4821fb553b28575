using System.Collections;
using System.Management.Automation;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The module's cmdlet that draws its objects; the kernel knows it by its name only.</summary>
internal static class MimeRenderer
{
    /// <summary>The cmdlet's name.</summary>
    public const string Cmdlet = "ConvertTo-MimeBundle";

    private const string OurTypes = "ConvNetShell.";

    /// <summary>Returns whether an object is one of the module's.</summary>
    public static bool Takes(PSObject item) => item.BaseObject.GetType().FullName?.StartsWith(OurTypes, StringComparison.Ordinal) == true;

    /// <summary>Returns whether the session has the cmdlet.</summary>
    public static bool IsThere(CommandInvocationIntrinsics commands) =>
        commands.GetCommand(Cmdlet, CommandTypes.Cmdlet | CommandTypes.Function) is not null;

    /// <summary>Draws objects; to be called on the thread of the pipeline.</summary>
    /// <returns>In the objects' order the bundles of those that can be drawn, and the others as they are.</returns>
    /// <exception cref="RuntimeException">The cmdlet failed.</exception>
    public static IReadOnlyList<PSObject> Render(IEnumerable<PSObject> items)
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Cmdlet).AddParameter("PassThru").AddParameter("ErrorAction", ActionPreference.Stop);
        return [.. shell.Invoke((IEnumerable)items)];
    }
}
