using System.Collections;
using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Lets files and their paths stand for <see cref="FilePath"/>s: items of the file system are taken literally, in text wildcards are
/// allowed.
/// </summary>
public sealed class FilePathTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Values.Unwrap(inputData) is IList list)
        {
            object?[] paths = [.. list.Cast<object?>().Select(Read)];
            return paths.All(path => path is FilePath) ? paths.Cast<FilePath>().ToArray() : inputData;
        }
        return Read(inputData) is FilePath path ? new[] { path } : inputData; // anything else is another parameter's
    }

    private static FilePath? Read(object? value) =>
        Values.Unwrap(value) switch
        {
            FilePath path => path,
            _ when FilePath.OfItem(value) is { } item => item,
            string text => new FilePath(text, IsLiteral: false),
            _ => null,
        };
}
