using System.Management.Automation;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Lets 3,32,32 (channels first) and '32x32x3' (height x width x channels) stand for a <see cref="Shape"/>.</summary>
public sealed class ShapeTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) is Shape shape ? shape : Values.Read(() => Shape.Parse(Values.Text(inputData)));
}
