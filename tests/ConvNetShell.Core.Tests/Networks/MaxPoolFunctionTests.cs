using System.Runtime.Intrinsics.X86;
using ConvNetShell.Core.Layers.Pooling;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>Our pooling against libtorch's own: the same values and the same gradients, to the bit.</summary>
public sealed class MaxPoolFunctionTests
{
    [Theory]
    [InlineData(1, 16, 32, 32, 2)]
    [InlineData(70, 20, 16, 16, 2)] // enough for a second thread; the last vector reaches back
    [InlineData(3, 33, 7, 9, 2)] // rows and columns no window reaches
    [InlineData(2, 16, 3, 3, 3)]
    [InlineData(2, 64, 11, 6, 5)]
    public void Values_and_gradients_are_libtorchs(int count, int channels, int height, int width, int side)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        Tensor numbers = randn([count, height, width, channels], generator: random).permute(0, 3, 1, 2);
        Compare(numbers.to(ScalarType.BFloat16), [side, side], random);
        Compare(numbers, [side, side], random);
    }

    [Theory]
    [InlineData(1, 16, 8, 12, 12, 2, 2, 2)]
    [InlineData(70, 8, 8, 24, 24, 1, 2, 2)] // enough for a second thread; half a vector
    [InlineData(3, 17, 6, 7, 9, 3, 2, 2)] // rows and columns no window reaches
    [InlineData(2, 1, 4, 5, 6, 2, 5, 3)]
    public void Films_have_libtorchs_values_and_gradients(
        int count,
        int channels,
        int frames,
        int height,
        int width,
        int deep,
        int rows,
        int columns
    )
    {
        Assert.SkipUnless(Avx512F.IsSupported, "This processor lacks AVX-512.");
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        Compare(randn([count, frames, height, width, channels], generator: random).permute(0, 4, 1, 2, 3), [deep, rows, columns], random);
    }

    [Fact]
    public void Equal_numbers_zeros_of_both_signs_and_what_is_no_number_go_where_libtorch_puts_them()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(4);
        float[] choice = [0f, -0f, 1f, -1f, float.PositiveInfinity, float.NegativeInfinity, float.NaN, -float.NaN, float.MinValue, 1e-40f];
        Tensor picks = randint(0, choice.Length, [40, 6, 6, 17], ScalarType.Int64, generator: random);
        Tensor values = tensor(choice)[picks];
        values.masked_fill_(
            (values.isnan().any(dim: 1, keepdim: true) & values.isnan()).logical_and(rand([40, 6, 6, 17], generator: random) < 0.9),
            0.5f
        ); // few, as one hides the rest
        Compare(values.to(ScalarType.BFloat16).permute(0, 3, 1, 2), [2, 2], random);
        Compare(values.permute(0, 3, 1, 2), [2, 2], random);
    }

    [Fact]
    public void What_libtorch_does_better_is_left_to_it()
    {
        using var scope = NewDisposeScope();
        Tensor Batch(int channels, ScalarType type) => zeros([2, 8, 8, channels], type).permute(0, 3, 1, 2);
        Tensor film = zeros([2, 6, 8, 8, 16]).permute(0, 4, 1, 2, 3);
        Assert.True(MaxPoolFunction.Takes(Batch(16, ScalarType.BFloat16), [2, 2]));
        Assert.False(MaxPoolFunction.Takes(Batch(15, ScalarType.BFloat16), [2, 2]));
        Assert.Equal(Avx512F.IsSupported, MaxPoolFunction.Takes(Batch(3, ScalarType.Float32), [2, 4]));
        Assert.False(MaxPoolFunction.Takes(Batch(16, ScalarType.Float64), [2, 2]));
        Assert.False(MaxPoolFunction.Takes(Batch(16, ScalarType.BFloat16), [2, 9]));
        Assert.False(MaxPoolFunction.Takes(zeros([2, 16, 8, 8], ScalarType.BFloat16), [2, 2]));
        Assert.Equal(Avx512F.IsSupported, MaxPoolFunction.Takes(film, [3, 2, 2]));
        Assert.False(MaxPoolFunction.Takes(film, [4, 2, 2])); // frames are left over
        Assert.False(MaxPoolFunction.Takes(film.to(ScalarType.BFloat16), [3, 2, 2]));
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using (var scope = NewDisposeScope())
        {
            Step();
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Environment.WorkingSet,
            tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 300; i++)
        {
            using var scope = NewDisposeScope();
            Step();
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        // 300 steps that leaked would be 2.4 GB
        Assert.True(Environment.WorkingSet - before < 200e6, $"{(Environment.WorkingSet - before) / 1e6} MB more");

        static void Step()
        {
            Tensor batch = zeros([64, 64, 32, 32], ScalarType.BFloat16).permute(0, 3, 1, 2).requires_grad_();
            MaxPoolFunction.Pool(batch, [2, 2]).sum().backward();
            Assert.Equal(64 * 32 * 16 * 32f, batch.grad!.sum(ScalarType.Float32).item<float>());
        }
    }

    private static void Compare(Tensor numbers, long[] window, Generator random)
    {
        if (numbers.dtype == ScalarType.Float32 && !Avx512F.IsSupported)
        {
            return; // libtorch's pooling is taken
        }
        Tensor own = numbers.detach().clone().movedim([1], [-1]).contiguous().movedim([-1], [1]).requires_grad_(),
            library = numbers.detach().clone().requires_grad_();
        Assert.True(MaxPoolFunction.Takes(own, window));
        Tensor received = MaxPoolFunction.Pool(own, window),
            expected = window.Length == 2
                ? nn.functional.max_pool2d(library, window, window)
                : nn.functional.max_pool3d(library, window, window);
        Tensor gradient = randn(expected.shape, generator: random).to(numbers.dtype);
        received.backward([gradient]);
        expected.backward([gradient]);
        Assert.True(received.isnan().eq(expected.isnan()).all().item<bool>());
        Assert.True(received.nan_to_num(7).eq(expected.nan_to_num(7)).all().item<bool>());
        Tensor finite = nn.functional.interpolate(
            expected.isnan().to(ScalarType.Float32),
            scale_factor: [.. window.Select(side => (double)side)]
        );
        long[] left = [.. numbers.shape[2..].Zip(finite.shape[2..], (all, size) => all - size)];
        finite = nn.functional.pad(finite, [.. left.Reverse().SelectMany(size => new[] { 0, size })]).eq(0);
        // among several that are no number another may be chosen
        Assert.True(own.grad!.eq(library.grad!).logical_or(finite.logical_not()).all().item<bool>());
    }
}
