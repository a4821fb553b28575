using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;

namespace ConvNetShell.Cmdlets.Abstractions.Operators;

/// <summary>Base of the cmdlets that move a kernel over an array.</summary>
public abstract class KernelCommand : ConvNetCommand
{
    private const string FullPadding = "Full";

    /// <summary>
    /// Gets or sets the input: numbers (1,1,1,0,0), lists of lists ((1,2),(3,4)), a sample of a dataset or an image file. Pass it by name
    /// or position, because the pipeline would pass
    /// its numbers one by one. A NaN is allowed: every output that uses it is NaN.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NumericArrayTransform("-InputObject")]
    public NumericArray InputObject { get; set; } = null!;

    /// <summary>
    /// Gets or sets the kernel: in as many axes as the input it is one kernel; one more axis counts several kernels, or the channels where
    /// the input has some.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [NumericArrayTransform("-Kernel")]
    public NumericArray Kernel { get; set; } = null!;

    /// <summary>
    /// Gets or sets the spatial dimensions, 1 to 3. Default: as many as input and kernel have in common; of a color picture 2. An input
    /// with one axis more has channels first.
    /// </summary>
    [Parameter]
    public int? Dimension { get; set; }

    /// <summary>Gets or sets the step from one window to the next. Default: 1.</summary>
    [Parameter]
    [SpatialSizeTransform("-Stride")]
    public SpatialSize Stride { get; set; } = 1;

    /// <summary>
    /// Gets or sets the zeros round the input: Valid (none, the default), Same, Full (every overlap counts), numbers, or before:after. In
    /// one dimension 0,1 is before and after.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(FullPaddingCompleter))]
    public object Padding { get; set; } = Core.Layers.Windows.Padding.Valid;

    /// <summary>Gets or sets the step within the kernel. Default: 1.</summary>
    [Parameter]
    [SpatialSizeTransform("-Dilation")]
    public SpatialSize Dilation { get; set; } = 1;

    /// <summary>Gets or sets the bias added to every output. Default: 0.</summary>
    [Parameter]
    public double Bias { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the kernel is flipped first, which is the convolution of mathematics; without it this is
    /// cross-correlation, as the field has it.
    /// </summary>
    [Parameter]
    public SwitchParameter FlipKernel { get; set; }

    /// <summary>Reads input and kernel, and warns about odd values.</summary>
    private protected ConvolutionProblem Understand()
    {
        WarnOfNaN(InputObject, "input");
        WarnOfNaN(Kernel, "kernel");
        object given = Values.Unwrap(Padding)!;
        string text = Values.Text(given);
        bool full = text.Equals(FullPadding, StringComparison.OrdinalIgnoreCase);
        return ConvolutionProblem.Understand(
            InputObject,
            Kernel,
            new ConvolutionOptions
            {
                Dimensions = Dimension,
                Stride = Stride,
                Padding = full
                    ? Core.Layers.Windows.Padding.Valid
                    : given as Core.Layers.Windows.Padding ?? Core.Layers.Windows.Padding.Parse(text),
                Full = full,
                Dilation = Dilation,
                Flip = FlipKernel,
                Bias = Bias,
            }
        );
    }

    private void WarnOfNaN(NumericArray array, string what)
    {
        if (array.NaNCount > 0)
        {
            WriteWarning($"{array.NaNCount} of {array.Values.Count} values of the {what} are NaN; so is every output that uses one.");
        }
    }
}
