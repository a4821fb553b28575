using System.Runtime.InteropServices;
using ConvNetShell.FusedKernels.Chains;
using ConvNetShell.FusedKernels.Numbers;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>The shortcut with channels of zeros, and the largest value of windows, between pages that nobody may touch.</summary>
public sealed unsafe class ShortcutAndPoolingTests
{
    [Theory]
    [InlineData(5, 7, 3, 2, 2, 1, 6)]
    [InlineData(4, 4, 16, 2, 2, 8, 32)]
    [InlineData(1, 9, 2, 1, 3, 0, 2)]
    [InlineData(3, 3, 1, 3, 1, 2, 3)]
    public void Pixels_get_channels_of_zeros_around_theirs(int height, int width, int channels, int rows, int columns, int before, int all)
    {
        const int count = 3;
        float[] images = Numbers(count * height * width * channels);
        var padding = new ChannelPadding(height, width, channels, (rows, columns), before, all);
        float[] wanted = new float[count * padding.Height * padding.Width * all],
            back = new float[images.Length];
        for (int i = 0; i < count; i++)
        {
            for (int y = 0; y < height; y += rows)
            {
                for (int x = 0; x < width; x += columns)
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        int from = ((i * height + y) * width + x) * channels + channel;
                        wanted[((i * padding.Height + y / rows) * padding.Width + x / columns) * all + before + channel] = images[from];
                        back[from] = images[from];
                    }
                }
            }
        }
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            fixed (
                float* x = memory.Copy<float>(images),
                    y = memory.Copy<float>(Numbers(wanted.Length)),
                    dx = memory.Copy<float>(Numbers(images.Length))
            )
            {
                padding.Forward(x, count, y);
                Assert.Equal(wanted, new Span<float>(y, wanted.Length).ToArray());
                padding.Backward(y, count, dx);
                Assert.Equal(back, new Span<float>(dx, back.Length).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1, 9, 32, 1, 9)] // a whole sequence
    [InlineData(5, 4, 16, 2, 2)] // a row is left out
    public void The_first_of_the_largest_values_gets_the_gradient(int height, int width, int channels, int rows, int columns)
    {
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor lacks AVX-512.");
        const int count = 2;
        var random = new Random(4);
        float[] images = [.. Enumerable.Range(0, count * height * width * channels).Select(_ => (float)random.Next(5))]; // many are equal
        images[channels + 1] = float.NaN;
        var pooling = new MaxPooling(height, width, channels, rows, columns);
        int size = count * pooling.Size;
        float[] wanted = new float[size],
            slopes = Numbers(size),
            back = new float[images.Length];
        for (int window = 0; window < size / channels; window++)
        {
            int across = width / columns,
                down = height / rows,
                image = window / across / down;
            for (int channel = 0; channel < channels; channel++)
            {
                int corner = ((image * height + window / across % down * rows) * width + window % across * columns) * channels + channel;
                int best = Enumerable
                    .Range(0, rows * columns)
                    .Select(i => corner + (i / columns * width + i % columns) * channels)
                    .Aggregate((one, other) => images[other] > images[one] || float.IsNaN(images[other]) ? other : one);
                wanted[window * channels + channel] = images[best];
                back[best] = slopes[window * channels + channel];
            }
        }
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            fixed (
                float* x = memory.Copy<float>(images),
                    y = memory.Numbers<float>(size),
                    dy = memory.Copy<float>(slopes),
                    dx = memory.Copy<float>(Numbers(images.Length))
            )
            fixed (int* at = memory.Numbers<int>(size))
            {
                pooling.Find(x, count, y, at);
                Assert.Equal(wanted, new Span<float>(y, size).ToArray());
                pooling.Route(dy, at, count, dx);
                Assert.Equal(back, new Span<float>(dx, back.Length).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1, 4, 6, 8, 2, 2)]
    [InlineData(2, 5, 7, 17, 2, 3)] // a row and a column are left out
    [InlineData(3, 2, 2, 1, 2, 2)]
    [InlineData(2, 3, 3, 32, 1, 1)]
    public void Windows_of_frames_keep_to_their_numbers(int frames, int height, int width, int channels, int rows, int columns)
    {
        Assert.SkipUnless(WinogradConvolution.IsSupported, "This processor lacks AVX-512.");
        var shape = new WindowShape(height, width, channels, rows, columns, HasRelu: false, Gap: 0, frames);
        var windows = new Float32Windows(shape, isExact: true);
        int across = width / columns,
            count = height / rows * across * channels;
        var random = new Random(7);
        float[] image = [.. Enumerable.Range(0, frames * height * width * channels).Select(_ => (float)random.Next(9))],
            wanted = new float[count],
            slopes = Numbers(count),
            back = new float[image.Length];
        for (int i = 0; i < count; i++)
        {
            (int window, int channel) = Math.DivRem(i, channels);
            (int row, int column) = (window / across * rows, window % across * columns);
            int best = Enumerable
                .Range(0, frames * rows * columns)
                .Select(at => (Frame: at / (rows * columns), Row: row + at / columns % rows, Column: column + at % columns))
                .Select(at => ((at.Frame * height + at.Row) * width + at.Column) * channels + channel)
                .MaxBy(at => image[at]);
            (wanted[i], back[best]) = (image[best], slopes[i]);
        }
        foreach (bool isAtEnd in new[] { false, true })
        {
            using var memory = new GuardedMemory(isAtEnd);
            Span<int> largest = memory.Numbers<int>(count),
                positions = memory.Numbers<int>(count),
                gradient = memory.Copy<int>(MemoryMarshal.Cast<float, int>(Numbers(image.Length)));
            windows.Find(memory.Copy<int>(MemoryMarshal.Cast<float, int>(image)), largest, positions);
            windows.Route(memory.Copy<int>(MemoryMarshal.Cast<float, int>(slopes)), positions, gradient);
            Assert.Equal(wanted, MemoryMarshal.Cast<int, float>(largest).ToArray());
            Assert.Equal(back, MemoryMarshal.Cast<int, float>(gradient).ToArray());
        }
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => i * 0.5f)];
}
