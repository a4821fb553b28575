using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions.Operators;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Shows a convolution window by window: the kernel's position, its input, the products and the sum. -Dense shows the units of a fully
/// connected layer instead. Export-Figure draws the steps: the last one as .png or .svg, all of them moving as .gif, .webp or
/// .html.
/// </summary>
/// <example>
/// <code>Trace-Convolution 1,1,1,0,0 -Kernel 1,-1 -Padding 0,1 -Stride 2</code>
/// <output>
/// Step Kernel Position From Calculation
/// ---- ------ -------- ---- -----------
///    1      0 0        0    1*1 + 1*-1 = 0
///    2      0 1        2    1*1 + 0*-1 = 1
///    3      0 2        4    0*1 + 0*-1 = 0
/// </output>
/// </example>
/// <example>
/// <code>Trace-Convolution 1,1,1,0,0 -Kernel (1,-1,0,0,0),(0,0,1,-1,0) -Dense</code>
/// <output>
/// Step Kernel Position From Calculation
/// ---- ------ -------- ---- -----------
///    1      0 0        0    1*1 + 1*-1 + 1*0 + 0*0 + 0*0 = 0
///    2      1 1        0    1*0 + 1*0 + 1*1 + 0*-1 + 0*0 = 1
/// </output>
/// The same without shared weights: every unit has a weight for every input.
/// </example>
/// <example>
/// <code>Trace-Convolution ((1,2,3),(4,5,6),(7,8,9)) -Kernel ((1,0),(0,-1)) | Export-Figure moving.gif</code>
/// The window moves over the input; products and outputs appear beside it.
/// </example>
[Cmdlet(VerbsDiagnostic.Trace, "Convolution", HelpUri = ProjectLinks.Help + "Trace-Convolution")]
[OutputType(typeof(ConvolutionStep))]
public sealed class TraceConvolutionCommand : KernelCommand
{
    /// <summary>Gets or sets a value indicating whether the kernel is a row of weights for each unit of a fully connected layer.</summary>
    [Parameter]
    public SwitchParameter Dense { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        foreach (
            ConvolutionStep step in Dense ? ConvolutionTracer.Units(InputObject, Kernel, Bias) : ConvolutionTracer.Windows(Understand())
        )
        {
            Stop.ThrowIfCancellationRequested();
            WriteObject(step);
        }
    }
}
