using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>The path of a file as a user gave it.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsLiteral">Whether it names one file exactly (an item of the file system does), so that brackets and asterisks in it are no
/// wildcards.</param>
public sealed record FilePath(string Path, bool IsLiteral)
{
    private const string ProviderMark = "::";

    /// <summary>Initializes a new instance of the <see cref="FilePath"/> class of a text, by which PowerShell converts where no attribute
    /// does, as in Pester's mocks.</summary>
    /// <param name="path">The path; wildcards are allowed.</param>
    public FilePath(string path)
        : this(path, IsLiteral: false) { }

    /// <summary>Returns the literal path of an item of the file system, or <see langword="null"/> where a value is none.</summary>
    /// <param name="value">A FileInfo, a DirectoryInfo, a PathInfo, or an object with a PSPath or FullName.</param>
    /// <returns>The path, or <see langword="null"/>.</returns>
    public static FilePath? OfItem(object? value) =>
        Values.Unwrap(value) switch
        {
            FileSystemInfo item => new FilePath(item.FullName, IsLiteral: true),
            PathInfo path => new FilePath(path.ProviderPath, IsLiteral: true),
            null => null,
            _ when Text(value!, "PSPath") is string text => new FilePath(
                text[(text.IndexOf(ProviderMark, StringComparison.Ordinal) is var at and >= 0 ? at + ProviderMark.Length : 0)..],
                IsLiteral: true
            ),
            string => null,
            _ when Text(value!, "FullName") is string text => new FilePath(text, IsLiteral: true),
            _ => null,
        };

    /// <summary>Says the path.</summary>
    /// <returns>The path.</returns>
    public override string ToString() => Path;

    private static string? Text(object value, string property) =>
        Values.Unwrap(PSObject.AsPSObject(value).Properties[property]?.Value) as string;
}
