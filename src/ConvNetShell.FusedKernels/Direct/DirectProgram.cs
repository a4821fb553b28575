using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Direct.Steps;
using ConvNetShell.FusedKernels.Winograd;

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
    private readonly bool isShared; // whether one image is worth several threads
    private readonly IdlePool<NativeBuffer<float>> single,
        groups;
    private readonly IdlePool<KernelScratch> scratch;
    private readonly StepHelpers helpers = new();

    internal DirectProgram(Plane input, Plane output, IDirectStep[] steps, int size, INativeMemory allocator)
    {
        (this.input, this.output, this.steps, this.size) = (input, output, steps, size);
        long bytes = (long)size * sizeof(float);
        int least = bytes * LeastTogether <= MostMemory ? LeastTogether : 1;
        together = (int)Math.Clamp(CacheSize / bytes, least, MostTogether);
        isShared = steps.OfType<ConvolutionStep>().Sum(step => step.Products) >= LeastForThreads;
        single = new IdlePool<NativeBuffer<float>>(() => new NativeBuffer<float>(size, allocator));
        groups = new IdlePool<NativeBuffer<float>>(() => new NativeBuffer<float>(size * together, allocator));
        scratch = new IdlePool<KernelScratch>(() => new KernelScratch(allocator));
    }

    /// <summary>Gets a value indicating whether the processor can run it: AVX-512.</summary>
    public static bool IsSupported { get; } = System.Runtime.Intrinsics.X86.Avx512F.IsSupported && CpuFeatures.MayUseKernels;

    /// <summary>Gets the plane whose numbers are an output.</summary>
    public Plane Output => output;

    /// <summary>Gets the bytes that its weights take.</summary>
    public long Bytes { get; internal init; }

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
            times = (count + group - 1) / group;
        if (threads == 1)
        {
            for (int i = 0; i < times; i++)
            {
                RunGroup(images, i * group, Math.Min(count, (i + 1) * group), results, threads: 1);
            }
            return;
        }

        Parallel.For(
            0,
            times,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            i => RunGroup(images, i * group, Math.Min(count, (i + 1) * group), results, threads: 1)
        );
    }

    /// <summary>Frees the memory that no call works in; the next one allocates its own.</summary>
    public void Trim()
    {
        single.Trim();
        groups.Trim();
        scratch.Trim();
    }

    private void RunGroup<TImages>(TImages images, int first, int end, float* results, int threads)
        where TImages : struct, IImageSource
    {
        IdlePool<NativeBuffer<float>> pool = end - first == 1 ? single : groups;
        NativeBuffer<float> memory = pool.Take();
        var group = new ImageMemory((nint)memory.Start, size, end - first, scratch);
        for (int image = 0; image < group.Count; image++)
        {
            for (int y = 0; y < input.Lines; y++)
            {
                images.Read(first + image, y, new Span<float>(group.Of(image) + input.Line(y), input.Width * input.Channels));
            }
        }

        if (threads > 1)
        {
            helpers.Run(new StepTeam(steps, group, threads), threads - 1);
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

        pool.Return(memory);
    }
}
