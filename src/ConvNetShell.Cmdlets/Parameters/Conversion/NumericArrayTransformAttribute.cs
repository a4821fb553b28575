using System.Management.Automation;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Lets numbers, lists of lists, samples of a dataset and the paths of image files stand for a <see cref="NumericArray"/>.
/// </summary>
/// <param name="setting">The parameter, for the error.</param>
public sealed class NumericArrayTransformAttribute(string setting) : ArgumentTransformationAttribute
{
    /// <summary>Gets the parameter, for the error.</summary>
    public string Setting { get; } = setting;

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) switch
        {
            NumericArray array => array,
            ImageSample sample => Values.Read(() => Pictures.ToArray(sample)),
            FileInfo or PathInfo => Values.Read(() => Pictures.ToArray(ImageFile.Load(FilePath.OfItem(inputData)!.Path))),
            string path => Values.Read(() =>
                Pictures.ToArray(ImageFile.Load(engineIntrinsics?.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path) ?? path))
            ),
            var other => Values.Read(() => NumericArray.Read(Setting, other, Values.Unwrap)),
        };
}
