using System.Management.Automation;
using ConvNetShell.Core.Layers.Windows;

namespace ConvNetShell.Cmdlets.Parameters;

/// <summary>Lets 5, '5x3' and 5,3 stand for an <see cref="Extent"/>.</summary>
/// <param name="setting">The parameter, for the error.</param>
public sealed class ExtentTransformAttribute(string setting) : ArgumentTransformationAttribute
{
    /// <summary>Gets the parameter, for the error.</summary>
    public string Setting { get; } = setting;

    /// <inheritdoc />
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Values.Unwrap(inputData) is Extent extent ? extent : Values.Read(() => Extent.Parse(Setting, Values.Text(inputData)));
}
