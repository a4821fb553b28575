using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Understanding.Attribution;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class SaliencyMapperTests
{
    private static readonly SaliencyMethod[] All = Enum.GetValues<SaliencyMethod>();

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax", "2x6x6")]
    [InlineData("conv3x3x4 tanh pool2 conv3x3x4 relu fc3 softmax", "2x6x6")]
    [InlineData("conv3x3x4 bn relu globalavg fc3", "3x8x8")]
    [InlineData("conv1d3x4 relu pool2 fc3 softmax", "2x12")]
    [InlineData("conv3d3x3x3x4 relu pool2 fc3 softmax", "1x4x6x6")]
    public void Integrated_gradients_add_up_to_the_difference_of_the_scores(string spec, string input)
    {
        Shape shape = Shape.Parse(input.Replace('x', ','));
        using Network network = TinyData.Network(spec, shape);
        for (int seed = 0; seed < 4; seed++)
        {
            ImageSample image = Pictured.Noise(shape, seed);
            foreach (SaliencyBaseline baseline in Enum.GetValues<SaliencyBaseline>())
            {
                var options = new SaliencyOptions { AllowNegative = true, Baseline = baseline };
                Saliency map = Assert.Single(
                    SaliencyMapper.Explain(network, image, [SaliencyMethod.IntegratedGradient], "1", options, "cpu")
                );
                CompletenessCheck check = map.Completeness!;
                Assert.True(check.Holds, check.ToString());
                Assert.Equal(check.Sum, map.Values.Sum(value => (double)value), 1e-3);
                using var scope = NewDisposeScope();
                using var noGradients = no_grad();
                double start = network
                    .Logits(
                        baseline == SaliencyBaseline.Mean
                            ? zeros(NetworkInput.BatchOfOne(network))
                            : NetworkInput.Plain(network, baseline == SaliencyBaseline.White ? 1 : 0, CPU),
                        default
                    )[0, 1]
                    .item<float>();
                Assert.Equal(map.Score - start, check.Expected, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData("2x6x6", 3, 1)]
    [InlineData("2x7x5", 3, 2)]
    [InlineData("1x9", 4, 3)]
    [InlineData("1x3x5x4", 2, 2)]
    [InlineData("7", 2, 1)]
    public void Occlusion_is_what_covering_window_by_window_gives(string input, int window, int stride)
    {
        Shape shape = Shape.Parse(input.Replace('x', ','));
        using Network network = TinyData.Network("fc6 tanh fc3 softmax", shape);
        ImageSample image = Pictured.Noise(shape, 3);
        var options = new SaliencyOptions
        {
            AllowNegative = true,
            Window = window,
            Stride = stride,
            Baseline = SaliencyBaseline.Black,
        };
        float[] got = SaliencyMapper.Explain(network, image, [SaliencyMethod.Occlusion], "2", options, "cpu")[0].Values;

        int channels = shape.Count == 1 ? 1 : shape.Channels;
        int[] sizes = shape.Count == 1 ? shape.ToArray() : shape.Spatial.ToArray();
        int places = sizes.Aggregate(1, (product, size) => product * size);
        var falls = new double[places];
        var counts = new int[places];
        double whole = Score(image.Pixels);
        foreach (int[] start in Boxes([.. sizes.Select(size => Starts(size, Math.Min(window, size), stride))]))
        {
            byte[] covered = [.. image.Pixels];
            int[] inside =
            [
                .. Enumerable
                    .Range(0, places)
                    .Where(place =>
                        Coordinates(place)
                            .Zip(start)
                            .Zip(sizes)
                            .All(pair =>
                                pair.First.First >= pair.First.Second
                                && pair.First.First < pair.First.Second + Math.Min(window, pair.Second)
                            )
                    ),
            ];
            foreach (int place in inside)
            {
                covered.AsSpan(place * channels, channels).Clear();
            }
            double fall = whole - Score(covered);
            foreach (int place in inside)
            {
                falls[place] += fall;
                counts[place]++;
            }
        }
        Assert.All(counts, count => Assert.NotEqual(0, count));
        for (int place = 0; place < places; place++)
        {
            Assert.Equal(falls[place] / counts[place], got[place], 1e-4);
        }

        double Score(byte[] pixels)
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            return network.Logits(NetworkInput.Batch(network, CPU, image with { Pixels = pixels }), default)[0, 2].item<float>();
        }

        int[] Coordinates(int place)
        {
            var at = new int[sizes.Length];
            for (int d = sizes.Length - 1; d >= 0; d--)
            {
                (place, at[d]) = Math.DivRem(place, sizes[d]);
            }
            return at;
        }
    }

    /// <summary>Maps A = x and B = -x; the score is 0.5 (A1 + A2 + A3 + A4) + 8 B2, so the mean gradients are 0.5 and 8 / 4.</summary>
    [Fact]
    public void GradCam_is_what_one_derives_by_hand()
    {
        using Network network = TinyData.Network("conv1x1x2-nobias fc2-nobias", new Shape(1, 2, 2));
        network.Normalization = new ChannelStatistics([0], [1 / 255.0]); // bytes go in as they are
        using (no_grad())
        {
            network.Parameters[0].Value.copy_(tensor(new float[] { 1, -1 }).reshape(2, 1, 1, 1)); // A = x, B = -x
            network
                .Parameters[1]
                .Value.copy_(
                    tensor(
                            new float[]
                            {
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0, /* class 1: */
                                0.5f,
                                0.5f,
                                0.5f,
                                0.5f,
                                0,
                                8,
                                0,
                                0,
                            }
                        )
                        .reshape(2, 8)
                );
        }
        ImageSample image = new("Tiny", "Test", 0, null, null, 2, 2, 1, [1, 2, 3, 4]);
        using var scope = NewDisposeScope();
        var problem = new AttributionContext(network, NetworkInput.Batch(network, CPU, image), 1, new SaliencyOptions(), default);
        // Mean gradients: A 0.5, B 8/4 = 2. Sum: 0.5 x + 2 (-x) = -1.5 x.
        Assert.Equal([-1.5f, -3, -4.5f, -6], GradCam.Coarse(problem, GradCam.Layer(network, null)).data<float>().ToArray());
        Saliency signed = SaliencyMapper.Explain(
            network,
            image,
            [SaliencyMethod.GradCam],
            "1",
            new SaliencyOptions { AllowNegative = true },
            "cpu"
        )[0];
        Assert.Equal([-1.5f, -3, -4.5f, -6], signed.Values);
        Assert.Equal("conv1", signed.Layer);
        Assert.All(
            SaliencyMapper.Explain(network, image, [SaliencyMethod.GradCam], "1", null, "cpu")[0].Values,
            value => Assert.Equal(0, value)
        );
    }

    [Fact]
    public void GradCam_takes_the_activation_after_the_last_convolution()
    {
        using Network network = TinyData.Network("conv3x3x4 relu pool2 conv3x3x4 bn relu pool2 fc3 softmax", new Shape(2, 8, 8));
        Assert.Equal("relu2", GradCam.Layer(network, null).Name);
        Assert.Equal("conv1", GradCam.Layer(network, "CONV1").Name);
        Assert.Contains(
            "did you mean conv2?",
            Assert.Throws<NameNotFoundException>(() => GradCam.Layer(network, "con2")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "a layer with maps",
            Assert.Throws<InvalidSettingException>(() => GradCam.Layer(network, "fc1")).Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// A linear score has the same gradient everywhere: its weights, with or without noise, over the deviation that pixels are divided by.
    /// </summary>
    [Fact]
    public void Gradients_of_a_linear_score_are_its_weights()
    {
        using Network network = TinyData.Network("fc2-nobias", new Shape(2, 1, 2));
        using (no_grad())
        {
            network
                .Parameters[0]
                .Value.copy_(
                    tensor(
                            new float[]
                            {
                                1,
                                -2, /* channel 2 */
                                -3,
                                0.5f,
                                0,
                                0,
                                0,
                                0,
                            }
                        )
                        .reshape(2, 4)
                );
        }
        ImageSample image = Pictured.Noise(network.InputShape, 1);
        foreach (SaliencyMethod method in new[] { SaliencyMethod.Gradient, SaliencyMethod.SmoothGrad })
        {
            Assert.Equal([3, 2], Values(method, false));
            Assert.Equal([-2, -1.5f], Values(method, true));
        }

        IEnumerable<float> Values(SaliencyMethod method, bool signed) =>
            SaliencyMapper
                .Explain(network, image, [method], "0", new SaliencyOptions { AllowNegative = signed }, "cpu")[0]
                .Values.Select(value => MathF.Round(value, 5));
    }

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3 softmax", "2x6x6")]
    [InlineData("res(conv3x3x2 tanh conv3x3x2) relu pool2 fc3 softmax", "2x6x6")]
    [InlineData("conv1d3x4 relu pool2 fc3 softmax", "2x12")]
    [InlineData("conv3d3x3x3x4 relu pool2 fc3 softmax", "1x4x6x6")]
    public void The_network_is_the_same_afterwards_and_nothing_is_left_behind(string spec, string input)
    {
        Shape shape = Shape.Parse(input.Replace('x', ','));
        using Network network = TinyData.Network(spec, shape);
        ImageSample image = Pictured.Noise(shape, 5);
        float[] before = Pictured.State(network),
            output = Pictured.Output(network, image);
        Assert.Equal(
            0,
            LiveTensors.LeftBehindBy(() =>
                SaliencyMapper.Explain(network, image, All, null, new SaliencyOptions { Steps = 8, Samples = 3 }, "cpu")
            )
        );
        Assert.Equal(before, Pictured.State(network));
        Assert.Equal(output, Pictured.Output(network, image));
        Assert.All(network.Parameters, parameter => Assert.Null(parameter.Value.grad));
    }

    [Fact]
    public void Maps_are_of_the_likeliest_class_and_reproducible()
    {
        using Network network = TinyData.Network();
        network.Classes = ["dark", "middle", "bright"];
        ImageSample image = Pictured.Noise(TinyData.Picture, 2) with { Class = "dark" };
        IReadOnlyList<Saliency> first = SaliencyMapper.Explain(network, image, All, null, null, "cpu"),
            second = SaliencyMapper.Explain(network, image, All, null, null, "cpu");
        float[] output = Pictured.Output(network, image);
        Assert.Equal(All, first.Select(map => map.Method));
        Assert.All(
            first,
            map =>
                Assert.Equal(
                    (network.Classes[Array.IndexOf(output, output.Max())], "dark", 6, 6),
                    (map.Class, map.Label, map.Height, map.Width)
                )
        );
        Assert.All(first, map => Assert.All(map.Values, value => Assert.True(value >= 0)));
        Assert.Equal(first.SelectMany(map => map.Values), second.SelectMany(map => map.Values));
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        using Network network = TinyData.Network(),
            maps = TinyData.Network("conv3x3x3"),
            dense = TinyData.Network("fc3", new Shape(4));
        network.Classes = ["dark", "middle", "bright"];
        ImageSample image = Pictured.Noise(TinyData.Picture, 2);
        Assert.Equal(
            "Class must be one of dark, middle, bright (did you mean bright?). Received: 'brigt'.",
            Assert.Throws<NameNotFoundException>(() => Explain(network, image, "brigt")).Message
        );
        Assert.DoesNotContain(
            "mean",
            Assert.Throws<NameNotFoundException>(() => Explain(network, image, "zebra")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ShapeMismatchException>(() => Explain(network, image with { Height = 5 }, null));
        Assert.Throws<ShapeMismatchException>(() => Explain(maps, image, null));
        Assert.Contains(
            "GradCam",
            Assert.Throws<InvalidSettingException>(() => Explain(dense, Pictured.Noise(new Shape(4), 1), null)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InvalidSettingException>(() => new SaliencyOptions { Samples = 0 });
        Assert.Throws<OperationCanceledException>(() =>
            SaliencyMapper.Explain(network, image, All, null, null, "cpu", new CancellationToken(canceled: true))
        );

        void Explain(Network which, ImageSample what, string? name) =>
            SaliencyMapper.Explain(which, what, [SaliencyMethod.GradCam], name, null, "cpu");
    }

    private static int[] Starts(int size, int window, int stride) =>
        [.. Enumerable.Range(0, size - window + 1).Where(start => start % stride == 0 || start == size - window)];

    private static IEnumerable<int[]> Boxes(int[][] starts) =>
        starts.Aggregate(
            (IEnumerable<int[]>)
                [
                    [],
                ],
            (sofar, list) => sofar.SelectMany(head => list.Select(start => (int[])[.. head, start]))
        );
}
