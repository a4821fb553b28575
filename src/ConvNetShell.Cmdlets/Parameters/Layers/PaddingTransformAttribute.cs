using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>Lets Valid, Same and a number stand for a <see cref="Padding"/>.</summary>
public sealed class PaddingTransformAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) is Padding padding ? padding : Values.Read(() => Padding.Parse(Values.Text(inputData)));
}
