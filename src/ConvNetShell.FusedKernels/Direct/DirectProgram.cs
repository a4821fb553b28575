using System.Collections.Concurrent;
using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Direct.Steps;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// A network's layers for a few images at a time: their maps stay in the processor's caches, and nothing is made for a call. Several
/// threads may use it.
/// </summary>
public sealed unsafe class DirectProgram
{
    private const long LeastForThreads = 10_000_000; // multiplications of an image, 0.1 ms
    private const int LeastTogether = 4; // images for which weights are read once
    private const int MostTogether = 16; // images; a thread that is slowed down by other programs gets fewer groups of them
    private const int MostMemory = 1 << 25; // bytes that they may take then
    private const int CacheSize = 1 << 20; // bytes of a core's second cache that the planes of a group may take
    private readonly Plane input,
        output;
    private readonly IDirectStep[] steps;
    private readonly int size,
        together;
    private readonly INativeMemory allocator;
    private readonly bool isShared; // whether one image is worth several threads
    private readonly ConcurrentBag<NativeBuffer<float>> idle = [],
        idleGroups = [];
    private readonly ScratchPool pool;
    private readonly StepHelpers helpers = new();

    internal DirectProgram(Plane input, Plane output, IDirectStep[] steps, int size, INativeMemory allocator)
    {
        (this.input, this.output, this.steps, this.size, this.allocator) = (input, output, steps, size, allocator);
        long bytes = (long)size * sizeof(float);
        int least = bytes * LeastTogether <= MostMemory ? LeastTogether : 1;
        together = (int)Math.Clamp(CacheSize / bytes, least, MostTogether);
        isShared = steps.OfType<ConvolutionStep>().Sum(step => step.Products) >= LeastForThreads;
        pool = new ScratchPool(allocator);
    }

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
        if (count == 1)
        {
            RunGroup(images, 0, 1, results, isShared ? threads : 1);
            return;
        }

        int group = Math.Clamp(count / threads, 1, together),
            groups = (count + group - 1) / group;
        if (threads == 1)
        {
            for (int i = 0; i < groups; i++)
            {
                RunGroup(images, i * group, Math.Min(count, (i + 1) * group), results, threads: 1);
            }
            return;
        }

        Parallel.For(
            0,
            groups,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => RunGroup(images, i * group, Math.Min(count, (i + 1) * group), results, threads: 1)
        );
    }

    private void RunGroup<TImages>(TImages images, int first, int end, float* results, int threads)
        where TImages : struct, IImageSource
    {
        ConcurrentBag<NativeBuffer<float>> free = end - first == 1 ? idle : idleGroups;
        NativeBuffer<float> memory = free.TryTake(out NativeBuffer<float>? old)
            ? old
            : new NativeBuffer<float>(end - first == 1 ? size : size * together, allocator);
        var group = new ImageMemory((nint)memory.Start, size, end - first, pool);
        for (int image = 0; image < group.Count; image++)
        {
            for (int y = 0; y < input.Lines; y++)
            {
                images.Read(first + image, y, new Span<float>(group.Of(image) + input.Line(y), input.Width * input.Channels));
            }
        }

        if (threads > 1)
        {
            helpers.Run(new StepTeam(steps, group), threads - 1);
        }
        else
        {
            foreach (IDirectStep step in steps)
            {
                step.Run(group, 0, 1);
            }
        }

        int row = output.Width * output.Channels;
        for (int image = 0; image < group.Count; image++)
        {
            var to = new Span<float>(results + (long)(first + image) * output.Count, output.Count);
            for (int y = 0; y < output.Lines; y++)
            {
                new ReadOnlySpan<float>(group.Of(image) + output.Line(y), row).CopyTo(to[(y * row)..]);
            }
        }

        free.Add(memory);
    }
}
