using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// A convolution in training on the processor by kernels of ours: of 3x3 pixels by minimal filtering (Winograd's), which takes a quarter of
/// the products (Lavin and Gray, arXiv 1509.09308), with steps of more than a pixel as products of matrices.
/// </summary>
internal sealed class OwnConvolution : autograd.SingleTensorFunction<OwnConvolution>
{
    private const string Shape = "shape",
        Threads = "threads",
        Wanted = "wanted";

    /// <inheritdoc />
    public override string Name => nameof(OwnConvolution);

    /// <summary>Returns whether it can be computed on a device: a processor with AVX-512.</summary>
    /// <param name="device">The device.</param>
    public static bool IsSupported(Device device) =>
        device.type == TorchSharp.DeviceType.CPU && WinogradConvolution.IsSupported && CpuFeatures.MayUseKernels;

    /// <summary>Returns what threads work in.</summary>
    /// <param name="threads">How many threads.</param>
    public static KernelScratch[] Scratch(int threads) => [.. Enumerable.Range(0, threads).Select(_ => new KernelScratch())];

    /// <summary>Computes a batch.</summary>
    /// <param name="input">The batch, NxCxHxW, float32.</param>
    /// <param name="weight">The filters, FxCx3x3.</param>
    /// <param name="bias">A number for each filter, or none.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="threads">What each thread works in; the images are split among them.</param>
    public static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, IRowShape shape, KernelScratch[] threads)
    {
        bool[] wanted = [input.requires_grad, weight.requires_grad, bias?.requires_grad == true];
        return apply(Rows(input), Rows(weight), bias!, shape, threads, wanted).permute(0, 3, 1, 2);
    }

    /// <inheritdoc />
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor images = (Tensor)vars[0],
            filters = (Tensor)vars[1];
        var shape = (IRowShape)vars[3];
        var threads = (KernelScratch[])vars[4];
        Tensor output = empty([images.shape[0], shape.OutputHeight, shape.OutputWidth, shape.Filters]);
        Forward(images, filters, (Tensor?)vars[2], output, shape, threads);
        ctx.save_for_backward([images, filters]);
        ctx.save_data(Shape, shape);
        ctx.save_data(Threads, threads);
        ctx.save_data(Wanted, vars[5]);
        return output;
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
        OwnGradients.Of(
            arguments: 6,
            () =>
            {
                using Tensor images = ctx.get_saved_variables()[0],
                    filters = ctx.get_saved_variables()[1],
                    given = grad_output, // a handle of our own, as are those before
                    gradient = given.contiguous();
                bool[] wanted = (bool[])ctx.get_data(Wanted);
                return Gradients(images, filters, gradient, wanted, (IRowShape)ctx.get_data(Shape), (KernelScratch[])ctx.get_data(Threads));
            }
        );

    private static unsafe void Forward(Tensor images, Tensor filters, Tensor? bias, Tensor output, IRowShape shape, KernelScratch[] threads)
    {
        float* from = Address(images),
            by = Address(filters),
            added = Address(bias),
            to = Address(output);
        (nint size, nint result) = ((nint)(images.numel() / images.shape[0]), (nint)(output.numel() / images.shape[0]));
        Split(
            (int)images.shape[0],
            threads,
            (thread, first, count) => shape.With(threads[thread]).Forward(from + first * size, count, by, added, to + first * result)
        );
    }

    private static unsafe Tensor?[] Gradients(
        Tensor images,
        Tensor filters,
        Tensor gradient,
        bool[] wanted,
        IRowShape shape,
        KernelScratch[] threads
    )
    {
        Tensor? input = wanted[0] ? empty_like(images) : null,
            weights = wanted[1] ? empty([threads.Length, .. filters.shape]) : null, // of each thread
            bases = wanted[2] ? empty(threads.Length, shape.Filters) : null;
        float* from = Address(images),
            slopes = Address(gradient),
            by = Address(filters),
            toInput = Address(input),
            toWeights = Address(weights),
            toBases = Address(bases);
        (nint size, nint result) = ((nint)(images.numel() / images.shape[0]), (nint)(gradient.numel() / images.shape[0]));
        nint all = (nint)filters.numel();
        Split(
            (int)images.shape[0],
            threads,
            (thread, first, count) =>
                shape
                    .With(threads[thread])
                    .Backward(
                        from + first * size,
                        slopes + first * result,
                        count,
                        by,
                        toInput is null ? null : toInput + first * size,
                        toWeights is null ? null : toWeights + thread * all,
                        toBases is null ? null : toBases + thread * shape.Filters
                    )
        );
        return [input, Sum(weights), Sum(bases)];
    }

    private static Tensor? Sum(Tensor? parts)
    {
        using Tensor? own = parts;
        return own is null ? null
            : own.shape[0] == 1 ? own.squeeze(0)
            : own.sum([0L]);
    }

    private static void Split(int images, KernelScratch[] threads, Action<int, int, int> work)
    {
        if (threads.Length == 1)
        {
            work(0, 0, images);
            return;
        }
        Parallel.For(
            0,
            threads.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads.Length },
            thread =>
            {
                int first = (int)((long)images * thread / threads.Length),
                    end = (int)((long)images * (thread + 1) / threads.Length);
                work(thread, first, end - first);
            }
        );
    }

    /// <summary>Returns a batch or filters pixel by pixel.</summary>
    /// <param name="values">The batch, NxCxHxW, or the filters.</param>
    public static Tensor Rows(Tensor values) => values.permute(0, 2, 3, 1).contiguous();

    /// <summary>Returns the address of the first number, which stays valid as long as the caller keeps the tensor; null for none.</summary>
    /// <param name="values">The numbers, contiguous.</param>
    public static unsafe float* Address(Tensor? values) => values is null ? null : (float*)values.Address();
}
