using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Test-Path: whether a path is there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool))]
public sealed class TestPathCommand : PathCommandBase
{
    /// <summary>What it must be.</summary>
    [Parameter]
    [Alias("Type")]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    /// <summary>Asks only whether the path is well formed.</summary>
    [Parameter]
    public SwitchParameter IsValid { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPath(string path) => WriteObject(Exists(path));

    private bool Exists(string path)
    {
        try
        {
            if (IsValid)
            {
                return SessionState.Path.IsValid(path);
            }

            if (!InvokeProvider.Item.Exists(path, force: true, IsLiteral))
            {
                return false;
            }

            return PathType == "Any" || IsContainer(path) == (PathType == "Container");
        }
        catch (RuntimeException exception) when (exception is System.Management.Automation.DriveNotFoundException or ItemNotFoundException or ProviderNotFoundException)
        {
            // No drive, no path: that is the answer.
            return false;
        }
    }

    private bool IsContainer(string path) => InvokeProvider.Item.IsContainer(IsLiteral ? WildcardPattern.Escape(path) : path);
}
