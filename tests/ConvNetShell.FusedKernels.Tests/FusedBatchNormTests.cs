using System.Runtime.InteropServices;
using ConvNetShell.FusedKernels.Normalization;
using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels.Tests;

public sealed class FusedBatchNormTests
{
    private const double Epsilon = 1e-5;
    private const int Largest = 70_000; // values: more than are added up at a time

    /// <summary>Channels that fill vectors, that do not, and more than a batch has patterns for; with ReLU and without.</summary>
    public static TheoryData<int, int, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, bool, bool>();
            foreach ((int rows, int channels) in new[] { (2, 1), (900, 3), (Largest / 16, 16), (700, 20), (333, 64), (50, 77), (3, 1000) })
            {
                foreach (bool isBFloat16 in new[] { false, true })
                {
                    cases.Add(rows, channels, isBFloat16, false);
                    cases.Add(rows, channels, isBFloat16, true);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public unsafe void All_passes_compute_what_their_definition_says(int rows, int channels, bool isBFloat16, bool hasRelu)
    {
        Sample sample = new(rows, channels, isBFloat16);
        ChannelMoments moments = sample.Measure();
        var exact = new Exact(sample, hasRelu);
        for (int c = 0; c < channels; c++)
        {
            Assert.Equal(exact.Means[c], moments.Means[c], 1e-4);
            Assert.Equal(exact.Variances[c], moments.Squares[c] / rows, 1e-3 * exact.Variances[c] + 1e-6);
        }
        var norm = new FusedBatchNorm(moments, sample.Scale, sample.Shift, Epsilon, hasRelu ? NormActivation.Relu : NormActivation.None);
        double tolerance = isBFloat16 ? 0.02 : 1e-4;
        float[] output = sample.Run((values, _, results) => norm.Normalize(values, rows * channels, isBFloat16, results));
        Assert.All(exact.Output.Zip(output), pair => Assert.Equal(pair.First, pair.Second, tolerance * (1 + Math.Abs(pair.First))));
        BatchNormSums? sums = null;
        float[] gradients = sample.Run(
            (values, given, results) =>
            {
                sums = norm.SumGradients(values, given, rows * channels, isBFloat16);
                norm.InputGradients(sums).Compute(values, given, rows * channels, isBFloat16, results);
            }
        );
        Assert.All(exact.Input.Zip(gradients), pair => Assert.Equal(pair.First, pair.Second, tolerance * (1 + Math.Abs(pair.First))));
        Assert.All(exact.ShiftGradients.Zip(sums!.Gradients), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Sqrt(rows)));
        Assert.All(
            exact.ScaleGradients.Zip(norm.ScaleGradients(sums)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Sqrt(rows))
        );
    }

    [Fact]
    public void Parts_have_the_moments_of_the_whole()
    {
        Sample sample = new(90, 5, false);
        ChannelMoments whole = sample.Measure(),
            parts = sample.Measure(0, 20).With(sample.Measure(20, 69)).With(sample.Measure(89, 1));
        Assert.Equal(whole.Count, parts.Count);
        Assert.All(whole.Means.Zip(parts.Means), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(whole.Squares.Zip(parts.Squares), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Large_numbers_that_are_nearly_alike_keep_their_variance()
    {
        // 10,000 and 10,001 in turn: the difference of mean square and squared mean would be lost in float32
        Sample sample = new(4096, 1, false, i => 10_000 + i % 2);
        ChannelMoments moments = sample.Measure();
        Assert.Equal(10_000.5, moments.Means[0], 1e-3);
        Assert.Equal(0.25, moments.Squares[0] / 4096, 1e-4);
    }

    [Fact]
    public void What_is_no_number_stays_none()
    {
        Sample sample = new(64, 16, false, i => i == 100 ? float.NaN : i % 7);
        ChannelMoments moments = sample.Measure();
        Assert.True(double.IsNaN(moments.Means[100 % 16]));
        Assert.False(double.IsNaN(moments.Means[0]));
        var norm = new FusedBatchNorm(moments, sample.Scale, sample.Shift, Epsilon, NormActivation.Relu);
        float[] output = sample.Run((values, _, results) => norm.Normalize(values, 64 * 16, false, results));
        Assert.True(float.IsNaN(output[100]));
    }

    [Fact]
    public void A_gelu_takes_float32_only()
    {
        Sample sample = new(64, 16, true);
        var norm = new FusedBatchNorm(sample.Measure(), sample.Scale, sample.Shift, Epsilon, NormActivation.Gelu);
        NotSupportedException error = Assert.Throws<NotSupportedException>(() =>
            sample.Run((values, _, results) => norm.Normalize(values, 64 * 16, isBFloat16: true, results))
        );
        Assert.Equal("Expected float32 before a GELU; received bfloat16.", error.Message);
    }

    /// <summary>Values with gradients, in memory as the kernels take them.</summary>
    private sealed class Sample
    {
        public Sample(int rows, int channels, bool isBFloat16, Func<int, float>? value = null)
        {
            (Rows, Channels, IsBFloat16) = (rows, channels, isBFloat16);
            var random = new Random(rows + channels);
            Values = Make(i => value?.Invoke(i) ?? (float)(random.NextDouble() * 4 - 1 + i % channels % 3));
            Gradients = Make(_ => (float)(random.NextDouble() * 2 - 1));
            Scale = [.. Enumerable.Range(0, channels).Select(_ => (float)random.NextDouble() + 0.5f)];
            Shift = [.. Enumerable.Range(0, channels).Select(_ => (float)random.NextDouble() - 0.5f)];
        }

        public int Rows { get; }

        public int Channels { get; }

        public bool IsBFloat16 { get; }

        public float[] Values { get; }

        public float[] Gradients { get; }

        public float[] Scale { get; }

        public float[] Shift { get; }

        public ChannelMoments Measure() => Measure(0, Rows);

        public unsafe ChannelMoments Measure(int first, int rows)
        {
            Array own = Raw(Values[(first * Channels)..((first + rows) * Channels)]);
            var handle = GCHandle.Alloc(own, GCHandleType.Pinned);
            try
            {
                return FusedBatchNorm.Measure(handle.AddrOfPinnedObject(), (long)rows * Channels, Channels, IsBFloat16);
            }
            finally
            {
                handle.Free();
            }
        }

        public float[] Run(Action<nint, nint, nint> pass)
        {
            Array[] all = [Raw(Values), Raw(Gradients), Raw(new float[Values.Length])];
            GCHandle[] handles = [.. all.Select(array => GCHandle.Alloc(array, GCHandleType.Pinned))];
            try
            {
                pass(handles[0].AddrOfPinnedObject(), handles[1].AddrOfPinnedObject(), handles[2].AddrOfPinnedObject());
            }
            finally
            {
                Array.ForEach(handles, handle => handle.Free());
            }
            return all[2] is ushort[] halves
                ? [.. halves.Select(half => BitConverter.UInt32BitsToSingle((uint)half << 16))]
                : (float[])all[2];
        }

        private float[] Make(Func<int, float> number) =>
            [
                .. Enumerable
                    .Range(0, Rows * Channels)
                    .Select(number)
                    .Select(value => IsBFloat16 ? BitConverter.UInt32BitsToSingle((uint)BFloat16Rows.Round(value) << 16) : value),
            ];

        private Array Raw(float[] numbers) => IsBFloat16 ? numbers.Select(BFloat16Rows.Round).ToArray() : numbers.ToArray();
    }

    /// <summary>The definition, in float64.</summary>
    private sealed class Exact
    {
        public Exact(Sample sample, bool hasRelu)
        {
            (int rows, int channels) = (sample.Rows, sample.Channels);
            Output = new double[rows * channels];
            Input = new double[rows * channels];
            (Means, Variances) = (new double[channels], new double[channels]);
            (ScaleGradients, ShiftGradients) = (new double[channels], new double[channels]);
            for (int c = 0; c < channels; c++)
            {
                int[] own = [.. Enumerable.Range(0, rows).Select(row => row * channels + c)];
                double mean = own.Average(i => (double)sample.Values[i]),
                    variance = own.Average(i => (sample.Values[i] - mean) * (sample.Values[i] - mean)),
                    deviation = Math.Sqrt(variance + Epsilon);
                double Normal(int i) => (sample.Values[i] - mean) / deviation;
                double Before(int i) => Normal(i) * sample.Scale[c] + sample.Shift[c];
                double Given(int i) => hasRelu && Before(i) <= 0 ? 0 : sample.Gradients[i];
                double sum = own.Sum(Given),
                    products = own.Sum(i => Given(i) * Normal(i));
                (Means[c], Variances[c], ScaleGradients[c], ShiftGradients[c]) = (mean, variance, products, sum);
                foreach (int i in own)
                {
                    Output[i] = hasRelu ? Math.Max(0, Before(i)) : Before(i);
                    Input[i] = sample.Scale[c] / deviation * (Given(i) - sum / rows - Normal(i) * products / rows);
                }
            }
        }

        public double[] Means { get; }

        public double[] Variances { get; }

        public double[] Output { get; }

        public double[] Input { get; }

        public double[] ScaleGradients { get; }

        public double[] ShiftGradients { get; }
    }
}
