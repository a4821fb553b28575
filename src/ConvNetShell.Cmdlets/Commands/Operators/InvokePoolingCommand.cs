using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions.Operators;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>Pools an array: each window becomes its largest value, with its position, or its mean.</summary>
/// <example>
/// <code>Invoke-Pooling (1,3,2,1),(4,2,0,1),(1,1,5,6),(0,2,7,8) -Size 2</code>
/// <output>
/// Kind    : Max
/// Input   : 4x4
/// Window  : 2x2
/// Formula : floor((4 + 0 + 0 - 2) / 2) + 1 = 2
/// Shape   : 2x2
/// Output  : 4 2
///           2 8
/// Winners : (1,0) (0,2) (3,1) (3,3)
/// </output>
/// The largest value of each window of 2 x 2.
/// </example>
/// <example>
/// <code>(Invoke-Pooling 1,5,2,4,3 -Size 3 -Stride 1).Winners</code>
/// <output>
/// 1
/// 1
/// 3
/// </output>
/// The position of each maximum; overlapping windows may have
/// the same
/// one.
/// </example>
/// <example>
/// <code>Invoke-Pooling 1,5,2,4 -Size 2 -Kind Average</code>
/// <output>
/// Kind    : Average
/// Input   : 4
/// Window  : 2
/// Formula : floor((4 + 0 + 0 - 2) / 2) + 1 = 2
/// Shape   : 2
/// Output  : 3 3
/// Winners :
/// </output>
/// The mean of each pair.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "Pooling", HelpUri = ProjectLinks.Help + "Invoke-Pooling")]
[OutputType(typeof(PoolingResult))]
public sealed class InvokePoolingCommand : PoolingCommand
{
    /// <inheritdoc />
    protected override void Finish()
    {
        WarnOfNaN();
        WriteObject(Pooler.Compute(InputObject, Spec, Dimension, Stop));
    }
}
