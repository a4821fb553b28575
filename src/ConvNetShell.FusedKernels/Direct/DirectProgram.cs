using System.Collections.Concurrent;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// A network's layers for one image at a time: an image's maps stay in the processor's caches, and nothing is made for a call. Several
/// threads may use it.
/// </summary>
public sealed unsafe class DirectProgram
{
    private const long LeastForThreads = 10_000_000; // multiplications of an image, 0.1 ms
    private const int Group = 4; // images; a thread that is slowed down by other programs gets fewer of them
    private readonly Plane input,
        output;
    private readonly IDirectStep[] steps;
    private readonly int size;
    private readonly INativeMemory allocator;
    private readonly bool isShared; // whether one image is worth several threads
    private readonly ConcurrentBag<NativeBuffer<float>> idle = [];

    internal DirectProgram(Plane input, Plane output, IDirectStep[] steps, int size, INativeMemory allocator) =>
        (this.input, this.output, this.steps, this.size, this.allocator, isShared) = (
            input,
            output,
            steps,
            size,
            allocator,
            steps.OfType<ConvolutionStep>().Sum(step => step.Products) >= LeastForThreads
        );

    /// <summary>Gets a value indicating whether the processor can run it: AVX-512.</summary>
    public static bool IsSupported { get; } = System.Runtime.Intrinsics.X86.Avx512F.IsSupported && CpuFeatures.MayUseKernels;

    /// <summary>Gets the numbers of an output.</summary>
    public int Outputs => output.Count;

    /// <summary>Computes images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="results">The outputs, one image behind the other: pixel by pixel.</param>
    /// <param name="threads">The most threads that compute: images side by side, or parts of a single one.</param>
    public void Run<TImages>(TImages images, int count, float* results, int threads)
        where TImages : struct, IImageSource
    {
        if (threads == 1 || count == 1)
        {
            RunSome(images, 0, count, results, isShared ? threads : 1);
            return;
        }

        Parallel.For(
            0,
            (count + Group - 1) / Group,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            group => RunSome(images, group * Group, Math.Min(count, (group + 1) * Group), results, threads: 1)
        );
    }

    private void RunAlone(float* memory)
    {
        foreach (IDirectStep step in steps)
        {
            for (int part = 0; part < step.Parts; part++)
            {
                step.Run(memory, part);
            }
        }
    }

    private void RunSome<TImages>(TImages images, int first, int end, float* results, int threads)
        where TImages : struct, IImageSource
    {
        NativeBuffer<float> memory = idle.TryTake(out NativeBuffer<float>? old) ? old : new NativeBuffer<float>(size, allocator);
        for (int image = first; image < end; image++)
        {
            for (int y = 0; y < input.Height; y++)
            {
                images.Read(image, y, memory.Slice(input.At(y, 0), input.Width * input.Channels));
            }

            if (threads > 1)
            {
                new StepTeam(steps, (nint)memory.Start).Run(threads - 1);
            }
            else
            {
                RunAlone(memory.Start);
            }

            var to = new Span<float>(results + (long)image * output.Count, output.Count);
            int row = output.Width * output.Channels;
            for (int y = 0; y < output.Height; y++)
            {
                memory.Slice(output.At(y, 0), row).CopyTo(to[(y * row)..]);
            }
        }

        idle.Add(memory);
    }
}
