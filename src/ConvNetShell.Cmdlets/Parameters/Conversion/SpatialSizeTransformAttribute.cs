using System.Management.Automation;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>Lets 5, '5x3' and 5,3 stand for an <see cref="SpatialSize"/>.</summary>
/// <param name="setting">The parameter, for the error.</param>
public sealed class SpatialSizeTransformAttribute(string setting) : ArgumentTransformationAttribute
{
    /// <summary>Gets the parameter, for the error.</summary>
    public string Setting { get; } = setting;

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) is SpatialSize extent ? extent : Values.Read(() => SpatialSize.Parse(Setting, Values.Text(inputData)));
}
