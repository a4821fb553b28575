using System.Collections;
using System.Management.Automation;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Converts samples, image files and their paths to images (<see cref="ImageSample"/> or <see cref="FilePath"/>); what has a sample (a
/// prediction, a saliency map) stands for it.
/// </summary>
/// <param name="parameter">The parameter, for messages.</param>
public sealed class ImageTransformAttribute(string parameter = "-Image") : ArgumentTransformationAttribute
{
    /// <summary>Gets the parameter, for messages.</summary>
    public string Parameter { get; } = parameter;

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) switch
        {
            IList list => list.Cast<object?>().Select(Read).ToArray(),
            _ => new[] { Read(inputData) },
        };

    private object Read(object? value) =>
        Values.Unwrap(value) switch
        {
            ImageSample sample => sample,
            FilePath path => path,
            not null
                when PSObject.AsPSObject(value!).Properties["Sample"]?.Value is { } inner && Values.Unwrap(inner) is ImageSample held =>
                held,
            _ when FilePath.OfItem(value) is { } item => item,
            string path => new FilePath(path, IsLiteral: false),
            var other => throw new ArgumentTransformationMetadataException(
                $"{Parameter} must be a sample (Select-Sample) or an image file's path. Received: {other?.GetType().Name ?? "nothing"}."
            ),
        };
}
