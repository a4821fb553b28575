using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Cmdlets.Parameters.Sources;

/// <summary>
/// Reads a network as <see cref="NetworkSourceTransformAttribute"/> does, but leaves the name of a saliency method as it is: where what is
/// piped
/// brings its network, the first word of the line is the method.
/// </summary>
public sealed class SaliencyNetworkTransformAttribute : ArgumentTransformationAttribute
{
    private static readonly NetworkSourceTransformAttribute Network = new();

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) is string word && Enum.TryParse<SaliencyMethod>(word, ignoreCase: true, out _)
            ? word
            : Network.Transform(engineIntrinsics, inputData);
}
