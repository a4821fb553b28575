using System.Collections;
using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Converts files to literal <see cref="FilePath"/>s; numbers and texts, which name a match or a film, stay texts.</summary>
public sealed class MatchTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) switch
        {
            IList list => list.Cast<object?>().Select(Read).ToArray(),
            _ => new[] { Read(inputData) },
        };

    private static object Read(object? value) =>
        Values.Unwrap(value) switch
        {
            FilePath path => path,
            _ when FilePath.OfItem(value) is { } item => item,
            string or int or long => Values.Text(value),
            var other => throw new ArgumentTransformationMetadataException(
                $"-Match must be a number of the dataset's matches or the file of a film. Received: {other?.GetType().Name ?? "nothing"}."
            ),
        };
}
