using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// Kernels compiled for the sizes of a convolution: see <see cref="CpuFeatures.SupportsFusedKernels"/>.
/// </summary>
/// <typeparam name="T">The bits of a number.</typeparam>
internal sealed unsafe class JitConvKernels<T> : IConvKernels<T>
    where T : unmanaged
{
    private readonly FusedConvShape shape;
    private readonly FusedConvCode code;
    private readonly ICompiledFunction forward;
    private readonly ICompiledFunction? inputGradient;
    private readonly (ICompiledFunction Function, int Filter)[] filterGradients;

    /// <param name="shape">The convolution.</param>
    /// <param name="code">Its functions.</param>
    /// <param name="hasInputGradient">Whether <see cref="InputGradient"/> will be called.</param>
    /// <param name="compile">Compiles a function.</param>
    public JitConvKernels(FusedConvShape shape, FusedConvCode code, bool hasInputGradient, Func<IJitCode, ICompiledFunction> compile)
    {
        (this.shape, this.code) = (shape, code);
        forward = compile(code.Forward);
        inputGradient = hasInputGradient ? compile(code.InputGradient) : null;
        filterGradients = [.. code.FilterGradients.Select(piece => (compile(piece.Code), piece.Filter))];
    }

    /// <inheritdoc />
    public void Forward(T* input, uint* filters, int rows, float* start, T* output) => Run(forward, input, filters, rows, start, output);

    /// <inheritdoc />
    public void InputGradient(T* gradient, uint* filters, int rows, float* start, T* output) =>
        Run(inputGradient!, gradient, filters, rows, start, output);

    /// <inheritdoc />
    public void AddFilterGradients(uint* input, uint* gradient, float* sums)
    {
        nint* arguments = stackalloc nint[4];
        foreach ((ICompiledFunction function, int filter) in filterGradients)
        {
            for (int row = 0; row < shape.KernelHeight; row++)
            {
                (int first, int end) = shape.OutputRows(row);
                if (first >= end)
                {
                    continue; // the filter row meets only padding
                }
                arguments[0] = (nint)(input + (first + row - shape.PaddingRows) * shape.InputPitch);
                arguments[1] = (nint)(gradient + first * code.GradientPitch + filter);
                arguments[2] = end - first;
                arguments[3] = (nint)(sums + filter * code.FilterLanes + row * code.RowLanes);
                function.Run(arguments);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        forward.Return();
        inputGradient?.Return();
        Array.ForEach(filterGradients, piece => piece.Function.Return());
    }

    private static void Run(ICompiledFunction function, T* source, uint* filters, int rows, float* start, T* target)
    {
        nint* arguments = stackalloc nint[] { (nint)source, (nint)filters, rows, (nint)start, (nint)target };
        function.Run(arguments);
    }
}
