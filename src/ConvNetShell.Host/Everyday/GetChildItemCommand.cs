using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-ChildItem: what is in folders, through their provider.</summary>
[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class GetChildItemCommand : PathCommandBase
{
    /// <summary>A wildcard that names must match.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string? Filter { get; set; }

    /// <summary>Wildcards of which names must match one.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Include { get; set; }

    /// <summary>Wildcards of which names may match none.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Exclude { get; set; }

    /// <summary>Goes into the folders found.</summary>
    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How many folders deep to go.</summary>
    [Parameter]
    public uint? Depth { get; set; }

    /// <summary>Shows hidden items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes names, relative to the path, instead of items.</summary>
    [Parameter]
    public SwitchParameter Name { get; set; }

    /// <summary>Shows files only.</summary>
    [Parameter]
    [Alias("af")]
    public SwitchParameter File { get; set; }

    /// <summary>Shows folders only.</summary>
    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    /// <inheritdoc/>
    protected override void ProcessPath(string path)
    {
        string[]? include = Include;
        uint depth = Depth ?? (Recurse ? uint.MaxValue : 0);
        string leaf = SessionState.Path.ParseChildName(path);
        if (depth > 0 && !IsLiteral && WildcardPattern.ContainsWildcardCharacters(leaf))
        {
            // As in pwsh, a pattern at the end of a recursive path holds in every folder.
            include = [leaf, .. include ?? []];
            path = SessionState.Path.ParseParent(path, null) is { Length: > 0 } parent ? parent : ".";
        }

        List(path, IsLiteral, new NameFilter(Filter, include, Exclude, File, Directory), depth, prefix: string.Empty);
    }

    private void List(string path, bool literal, NameFilter filter, uint depth, string prefix)
    {
        // The provider is asked for one folder at a time: Ctrl+C is seen between two, and a closed folder costs only itself.
        PSObject[] items = [.. InvokeProvider.ChildItem.Get([path], recurse: false, Force, literal)];
        foreach (PSObject item in items.Where(filter.Accepts))
        {
            WriteObject(Name ? PSObject.AsPSObject(prefix + NameFilter.Name(item)) : item);
        }

        foreach (PSObject folder in items.Where(item => depth > 0 && NameFilter.IsContainer(item) && !IsLink(item)))
        {
            if (Stopping)
            {
                return;
            }

            string inner = prefix + NameFilter.Name(folder) + System.IO.Path.DirectorySeparatorChar;
            Attempt(() => List((string)folder.Properties["PSPath"].Value, literal: true, filter, depth - 1, inner));
        }
    }

    // A link may lead back up; pwsh does not follow it either.
    private static bool IsLink(PSObject item) => item.BaseObject is FileSystemInfo { LinkTarget: not null };
}
