using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions.Operators;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>Moves a kernel over an array and returns the sums of products, in one to three dimensions.</summary>
/// <example>
/// <code>Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -Padding 0,1 -Stride 2</code>
/// <output>
/// Operation : cross-correlation
/// Input     : 5
/// Kernel    : 2
/// Formula   : floor((5 + 0 + 1 - 2) / 2) + 1 = 3
/// Shape     : 3
/// Output    : 0 1 0
/// Matrix    : -
/// </output>
/// One neuron that spots a change from high to low,
/// moved over five inputs in steps of two.
/// </example>
/// <example>
/// <code>Invoke-Convolution 1,1,1,0,0 -Kernel (1,-1),(-1,1) -Padding 0,1 -Stride 2</code>
/// <output>
/// Operation : cross-correlation
/// Input     : 5
/// Kernel    : 2x2
/// Formula   : floor((5 + 0 + 1 - 2) / 2) + 1 = 3
/// Shape     : 2x3
/// Output    :  0  1  0
///              0 -1  0
/// Matrix    : -
/// </output>
/// Two kernels: two output
/// channels.
/// </example>
/// <example>
/// <code>(Invoke-Convolution 1,2,3 -Kernel 4,5,6 -Padding Full -FlipKernel).Output</code>
/// <output>
/// 4
/// 13
/// 28
/// 27
/// 18
/// </output>
/// 4, 13, 28, 27, 18: with the carries done,
/// 123 x 456 = 56088.
/// </example>
/// <example>
/// <code>(Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -AsMatrix).Matrix.Entries | ForEach-Object { "$_" }</code>
/// <output>
/// 1 -1 0 0 0
/// 0 1 -1 0 0
/// 0 0 1 -1 0
/// 0 0 0 1 -1
/// </output>
/// The rows of the equivalent matrix.
/// </example>
/// <example><code>Invoke-Convolution photo.png -Kernel (-1,0,1),(-2,0,2),(-1,0,1)</code>Vertical edges of a picture, each channel by
/// itself; drawn are the picture, the kernel, and what it makes of red, green and blue.</example>
/// <example><code>Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 | Export-Figure edges.png</code>Input, kernel and output with their numbers
/// in the cells.</example>
/// <seealso href="https://www.deeplearningbook.org/contents/convnets.html">
/// I. Goodfellow, Y. Bengio, A. Courville: Deep Learning, chapter 9.
/// </seealso>
[Cmdlet(VerbsLifecycle.Invoke, "Convolution", HelpUri = ProjectLinks.Help + "Invoke-Convolution")]
[OutputType(typeof(ConvolutionResult))]
public sealed class InvokeConvolutionCommand : KernelCommand
{
    /// <summary>
    /// Gets or sets a value indicating whether the matrix the convolution stands for is built, and multiplied with the input to compare.
    /// </summary>
    [Parameter]
    public SwitchParameter AsMatrix { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        ConvolutionProblem problem = Understand();
        NumericArray output = Convolver.Compute(problem, Stop);
        WriteObject(
            new ConvolutionResult(
                FlipKernel ? "convolution, kernel flipped" : "cross-correlation",
                InputObject.ToString(),
                Kernel.ToString(),
                problem.Formula(),
                output.ToString(),
                output.ToArray(),
                output.NaNCount
            )
            {
                Matrix = AsMatrix ? ConvolutionMatrices.Build(problem, output) : null,
                InputValues = InputObject.ToArray(),
                KernelValues = Kernel.ToArray(),
                IsColor = InputObject is { HasChannels: true, Rank: 3, Sizes: [3, ..] },
            }
        );
    }
}
