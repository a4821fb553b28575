using System.ComponentModel;
using ConvNetShell.Core.Data.Datasets;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>A dataset as a user may give it: an object, a known name or a path.</summary>
/// <param name="Value">The dataset, where it was given as an object.</param>
/// <param name="Name">The name or path, where it was given as text.</param>
[TypeConverter(typeof(DatasetSourceConverter))]
public sealed record DatasetSource(Dataset? Value, string? Name)
{
    /// <summary>
    /// Gets a value indicating whether <see cref="Name"/> is the path of an item of the file system: then it is no known name, and has no
    /// wildcards.
    /// </summary>
    public bool IsLiteral { get; init; }

    /// <summary>Says the name.</summary>
    /// <returns>The dataset's name, or the text given.</returns>
    public override string ToString() => Value?.Name ?? Name ?? string.Empty;
}
