using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions.Operators;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Shows a pooling window by window: the values of the window and their maximum or mean. Export-Figure draws the steps: the last one as
/// .png or .svg, all of them moving as .gif, .webp or .html.
/// </summary>
/// <example>
/// <code>Trace-Pooling (1,3,2,1),(4,2,0,1),(1,1,5,6),(0,2,7,8) -Size 2</code>
/// <output>
/// Step Channel Position From Winner Calculation
/// ---- ------- -------- ---- ------ -----------
///    1       0 0,0      0,0  1,0    max(1, 3, 4, 2) = 4
///    2       0 0,1      0,2  0,2    max(2, 1, 0, 1) = 2
///    3       0 1,0      2,0  3,1    max(1, 1, 0, 2) = 2
///    4       0 1,1      2,2  3,3    max(5, 6, 7, 8) = 8
/// </output>
/// Winner is the position of the maximum in the input: the backward pass sends the gradient there.
/// </example>
/// <example>
/// <code>Trace-Pooling 1,5,2,4,3 -Size 3 -Stride 1 | Export-Figure pooling.gif</code>
/// The window moves over the input; the outputs appear beside it.
/// </example>
[Cmdlet(VerbsDiagnostic.Trace, "Pooling", HelpUri = ProjectLinks.Help + "Trace-Pooling")]
[OutputType(typeof(PoolingStep))]
public sealed class TracePoolingCommand : PoolingCommand
{
    /// <inheritdoc />
    protected override void Finish()
    {
        WarnOfNaN();
        foreach (PoolingStep step in Pooler.Trace(InputObject, Spec, Dimension))
        {
            Stop.ThrowIfCancellationRequested();
            WriteObject(step);
        }
    }
}
