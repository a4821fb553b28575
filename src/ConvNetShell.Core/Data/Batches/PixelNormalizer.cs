using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>Turns rows of bytes into rows of (value / 255 - mean) / deviation, a vector of pixels at a time.</summary>
internal sealed class PixelNormalizer
{
    private readonly float[] scale,
        shift;

    public PixelNormalizer(ChannelStatistics statistics, Shape shape)
    {
        int channels = shape.Channels,
            width = shape.Count == 1 ? 1 : shape[^1];
        double[] means = statistics.Mean,
            deviations = statistics.StandardDeviation;
        scale = new float[width * channels];
        shift = new float[width * channels];
        for (int i = 0; i < scale.Length; i++)
        {
            double deviation = Math.Max(deviations[i % channels], 1e-6); // a channel that never varies stays at zero
            scale[i] = (float)(1 / (255 * deviation));
            shift[i] = (float)(-means[i % channels] / deviation);
        }
    }

    /// <summary>Normalizes one row, channels last.</summary>
    public void Row(ReadOnlySpan<byte> source, Span<float> target)
    {
        int i = 0;
        for (int step = Vector512<int>.Count; Avx512F.IsSupported && i <= source.Length - step; i += step)
        {
            Vector512<float> values = Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Create(source.Slice(i, step))));
            Vector512
                .FusedMultiplyAdd(values, Vector512.Create(scale.AsSpan(i, step)), Vector512.Create(shift.AsSpan(i, step)))
                .CopyTo(target[i..]);
        }
        for (int step = Vector128<byte>.Count; i <= source.Length - step; i += step)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(source.Slice(i, step)));
            (Vector128<uint> a, Vector128<uint> b) = Vector128.Widen(low);
            (Vector128<uint> c, Vector128<uint> d) = Vector128.Widen(high);
            Quad(a, i, target);
            Quad(b, i + 4, target);
            Quad(c, i + 8, target);
            Quad(d, i + 12, target);
        }
        for (; i < source.Length; i++)
        {
            target[i] = MathF.FusedMultiplyAdd(source[i], scale[i], shift[i]);
        }
    }

    private void Quad(Vector128<uint> values, int i, Span<float> target) =>
        Vector128
            .FusedMultiplyAdd(
                Vector128.ConvertToSingle(values.AsInt32()),
                Vector128.Create(scale.AsSpan(i, 4)),
                Vector128.Create(shift.AsSpan(i, 4))
            )
            .CopyTo(target[i..]);
}
