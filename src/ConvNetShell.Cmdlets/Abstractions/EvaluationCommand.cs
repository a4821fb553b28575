using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Core.Compute;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that run a network on data.</summary>
public abstract class EvaluationCommand : DataCommand
{
    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;
}
