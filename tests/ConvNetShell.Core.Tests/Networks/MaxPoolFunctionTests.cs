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
        Tensor numbers = randn([count, height, width, channels], generator: random).to(ScalarType.BFloat16).permute(0, 3, 1, 2);
        Compare(numbers, side, random);
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
        Compare(values.to(ScalarType.BFloat16).permute(0, 3, 1, 2), 2, random);
    }

    [Fact]
    public void What_libtorch_does_better_is_left_to_it()
    {
        using var scope = NewDisposeScope();
        Tensor Batch(int channels, ScalarType type) => zeros([2, 8, 8, channels], type).permute(0, 3, 1, 2);
        Assert.True(MaxPoolFunction.Takes(Batch(16, ScalarType.BFloat16), 2));
        Assert.False(MaxPoolFunction.Takes(Batch(15, ScalarType.BFloat16), 2));
        Assert.False(MaxPoolFunction.Takes(Batch(16, ScalarType.Float32), 2));
        Assert.False(MaxPoolFunction.Takes(Batch(16, ScalarType.BFloat16), 9));
        Assert.False(MaxPoolFunction.Takes(zeros([2, 16, 8, 8], ScalarType.BFloat16), 2));
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
            MaxPoolFunction.Pool(batch, 2).sum().backward();
            Assert.Equal(64 * 32 * 16 * 32f, batch.grad!.sum(ScalarType.Float32).item<float>());
        }
    }

    private static void Compare(Tensor numbers, int side, Generator random)
    {
        Tensor own = numbers.detach().clone().permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).requires_grad_(),
            library = numbers.detach().clone().requires_grad_();
        Assert.True(MaxPoolFunction.Takes(own, side));
        Tensor received = MaxPoolFunction.Pool(own, side),
            expected = nn.functional.max_pool2d(library, [side, side], [side, side]);
        Tensor gradient = randn(expected.shape, generator: random).to(ScalarType.BFloat16);
        received.backward([gradient]);
        expected.backward([gradient]);
        Assert.True(received.isnan().eq(expected.isnan()).all().item<bool>());
        Assert.True(received.nan_to_num(7).eq(expected.nan_to_num(7)).all().item<bool>());
        Tensor finite = nn.functional.interpolate(expected.isnan().to(ScalarType.Float32), scale_factor: [side, side]);
        finite = nn.functional.pad(finite, [0, numbers.shape[3] - finite.shape[3], 0, numbers.shape[2] - finite.shape[2]]).eq(0);
        // among several that are no number another may be chosen
        Assert.True(own.grad!.eq(library.grad!).logical_or(finite.logical_not()).all().item<bool>());
    }
}
