using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Resolve-Path: the full paths that wildcards and relative paths stand for.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PathInfo), typeof(string))]
public sealed class ResolvePathCommand : PathCommandBase
{
    /// <summary>Writes texts relative to the current location.</summary>
    [Parameter]
    public SwitchParameter Relative { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path))
        {
            WriteObject(Relative ? RelativeTo(SessionState.Path.CurrentLocation.ProviderPath, found.ProviderPath) : found);
        }
    }

    private static string RelativeTo(string folder, string path)
    {
        string relative = System.IO.Path.GetRelativePath(folder, path);
        return relative.StartsWith('.') || System.IO.Path.IsPathRooted(relative) ? relative : System.IO.Path.Join(".", relative);
    }
}
