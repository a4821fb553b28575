using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Compute;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>Lists the devices a network can be trained on, the one that -Device auto takes first.</summary>
/// <example>
/// <code>Get-ComputeDevice</code>
/// The processor and each GPU that libtorch can use; one of them is taken when none is named.
/// </example>
/// <example>
/// <code>(Get-ComputeDevice).Name</code>
/// The names that -Device accepts here.
/// </example>
[Cmdlet(VerbsCommon.Get, "ComputeDevice", HelpUri = ProjectLinks.Help + "Get-ComputeDevice")]
[OutputType(typeof(DeviceInfo))]
public sealed class GetComputeDeviceCommand : ConvNetCommand
{
    /// <inheritdoc />
    protected override void Finish() => WriteObject(ComputeDevice.Describe(), enumerateCollection: true);
}
