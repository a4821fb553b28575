using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Compute;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Training;

/// <summary>Lists the devices a network can be trained on, the one that -Device auto takes first.</summary>
/// <example><code>Get-ComputeDevice</code></example>
[Cmdlet(VerbsCommon.Get, "ComputeDevice", HelpUri = ProjectLinks.Help + "Get-ComputeDevice")]
[OutputType(typeof(DeviceInfo))]
public sealed class GetComputeDeviceCommand : ConvNetCommand
{
    /// <inheritdoc />
    protected override void Finish() => WriteObject(ComputeDevice.Describe(), enumerateCollection: true);
}
