using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>Adds up the pixels of images: the gradient of the bias.</summary>
internal static unsafe class PixelSum
{
    /// <summary>Adds up pixels. An image's own sum comes first, so a number is not added to one that is much larger.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="images">How many images.</param>
    /// <param name="count">How many pixels an image has.</param>
    /// <param name="channels">How many channels a pixel has.</param>
    /// <param name="sums">Where the sums of the channels go.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* pixels, int images, int count, int channels, float* sums)
    {
        new Span<float>(sums, channels).Clear();
        Vector512<float> last = Lanes.Last(channels);
        for (int image = 0; image < images; image++, pixels += (nint)count * channels)
        {
            for (int channel = 0; channel < channels; channel += Lanes.Count)
            {
                if (channel + Lanes.Count <= channels)
                {
                    Add<WholeLanes>(pixels + channel, count, channels, last, sums + channel);
                }
                else
                {
                    Add<SomeLanes>(pixels + channel, count, channels, last, sums + channel);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(float* pixel, int count, nint channels, Vector512<float> mask, float* sums)
        where T : struct, ILaneAccess
    {
        Vector512<float> even = Vector512<float>.Zero,
            odd = even;
        for (int left = count; left > 1; left -= 2, pixel += 2 * channels)
        {
            even += T.Load(pixel, mask);
            odd += T.Load(pixel + channels, mask);
        }
        if (count % 2 != 0)
        {
            even += T.Load(pixel, mask);
        }
        T.Store(sums, mask, T.Load(sums, mask) + (even + odd));
    }
}
