using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

/// <summary>The largest value of each channel and the shortcut of zeros, with their gradients, against libtorch's operators.</summary>
public sealed class ShortcutAndPoolingFunctionTests
{
    [Theory]
    [InlineData(3L, 16L, 9L)]
    [InlineData(2L, 32L, 5L, 4L)]
    [InlineData(2L, 48L, 2L, 3L, 4L)]
    [InlineData(4L, 16L, 1L)]
    public void Largest_values_and_gradients_are_those_of_libtorch(params long[] shape)
    {
        using var scope = NewDisposeScope();
        Tensor input = rand(shape).requires_grad_();
        Assert.SkipUnless(GlobalMaxFunction.Takes(input), "This processor lacks AVX-512.");
        Tensor other = input.detach().clone().requires_grad_(),
            slopes = rand([shape[0], shape[1]]);
        Tensor own = GlobalMaxFunction.Pool(input),
            wanted = other.flatten(2).max(2).values;
        OwnGradients.Run(() => own.backward([slopes]));
        wanted.backward([slopes]);
        Assert.Equal(wanted.data<float>().ToArray(), own.data<float>().ToArray());
        Assert.Equal(other.grad!.data<float>().ToArray(), input.grad!.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Other_numbers_and_channels_are_left_to_libtorch()
    {
        using var scope = NewDisposeScope();
        Assert.False(GlobalMaxFunction.Takes(zeros(2, 17, 4)));
        Assert.False(GlobalMaxFunction.Takes(zeros(0, 16, 4)));
        Assert.False(GlobalMaxFunction.Takes(zeros([2, 16, 4], ScalarType.BFloat16)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shortcuts_of_zeros_and_their_gradients_are_those_of_libtorch(bool isByPixels)
    {
        using var scope = NewDisposeScope();
        Tensor images = isByPixels ? rand(2, 7, 5, 6).permute(0, 3, 1, 2) : rand(2, 6, 7, 5); // the kernel takes the first
        Tensor input = images.detach().requires_grad_(),
            other = images.detach().clone().requires_grad_(),
            own = ChannelPadFunction.Pad(input, [2, 3], before: 4, channels: 13),
            wanted = ChannelPadFunction.PadByLibrary(other, [2, 3], before: 4, channels: 13);
        Tensor slopes = isByPixels ? rand(2, 4, 2, 13).permute(0, 3, 1, 2) : rand(2, 13, 4, 2);
        OwnGradients.Run(() => own.backward([slopes]));
        wanted.backward([slopes]);
        Assert.True(own.eq(wanted).all().item<bool>());
        Assert.Equal(wanted.shape, own.shape);
        Assert.True(input.grad!.eq(other.grad!).all().item<bool>());
    }
}
