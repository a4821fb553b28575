using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Networks whose outputs are compared with those of other programs.</summary>
internal static class SampleNetworks
{
    /// <summary>Makes a network whose weights, biases and averages are all random.</summary>
    public static Network Make(string spec, params int[] shape) =>
        Disturb(Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), new Shape(shape)), 3));

    /// <summary>Makes a preset's network.</summary>
    public static Network Preset(string name) => Disturb(NetworkFactory.FromPreset(NetworkPresets.Find(name)));

    /// <summary>Returns specs of random sequential networks of pictures of 3x12x10.</summary>
    public static string Random(int seed)
    {
        var random = new Random(seed);
        string Activation() => new[] { "relu", "tanh", "sigmoid", "leakyrelu", "gelu", "scaledtanh", "" }[random.Next(7)];
        string Number(int from, int to) => random.Next(from, to).ToString(CultureInfo.InvariantCulture);
        var words = new List<string>();
        for (int layers = random.Next(1, 4); layers > 0; layers--)
        {
            string kernel = $"{Number(1, 4)}x{Number(1, 4)}";
            words.Add(
                random.Next(6) switch
                {
                    0 => $"conv{kernel}x4s2p1",
                    1 => $"conv{kernel}x6d2",
                    2 => $"deconv{kernel}x4s2",
                    3 => $"res(conv3x3x{8} relu conv1x1x{8})",
                    4 => $"concat(conv{kernel}x3 | pool3s1psame)",
                    _ => $"conv{kernel}x{Number(1, 9)}{(random.Next(2) == 0 ? "-nobias" : "")}",
                }
            );
            if (words[^1].StartsWith("res", StringComparison.Ordinal))
            {
                words.Insert(words.Count - 1, "conv1x1x8");
            }
            words.Add(Activation());
            words.Add(new[] { "bn", "ln", "lrn3", "drop0.25", "spatialdrop0.1", "gn1", "scale0.5", "" }[random.Next(8)]);
        }
        words.Add(
            new[] { "pool2", "avgpool2s1", "pool3s2p1", "avgpool2psame", "globalmax", "globalavg", "adaptiveavg3x2" }[random.Next(7)]
        );
        words.Add(random.Next(2) == 0 ? $"fc{Number(2, 8)} softmax" : $"fc7 {Activation()} fc3");
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    /// <summary>Makes a batch of random inputs.</summary>
    public static Tensor Batch(Network network, int count = 2)
    {
        using var random = new Generator(5);
        return randn([count, .. network.InputShape.ToArray().Select(size => (long)size)], generator: random);
    }

    /// <summary>Returns the network's outputs, after softmax where it has one.</summary>
    public static float[] Outputs(Network network, Tensor batch)
    {
        using var scope = NewDisposeScope();
        using var noGradients = inference_mode();
        return network.Outputs(batch)[^1].contiguous().data<float>().ToArray();
    }

    /// <summary>Fails unless the numbers agree to a fraction of the largest.</summary>
    public static void AssertClose(float[] expected, float[] received, double tolerance, string what)
    {
        Assert.Equal(expected.Length, received.Length);
        double largest = Math.Max(1, expected.Max(Math.Abs)),
            difference = expected.Zip(received, (x, y) => Math.Abs(x - y)).Max();
        Assert.True(difference <= tolerance * largest, $"{what}: the outputs differ by {difference:e1} of {largest:g3}");
    }

    /// <summary>Writes real numbers as bytes.</summary>
    public static void Write(string path, Tensor values) =>
        File.WriteAllBytes(path, MemoryMarshal.AsBytes(new ReadOnlySpan<float>(values.contiguous().data<float>().ToArray())).ToArray());

    /// <summary>Reads real numbers that are bytes.</summary>
    public static Tensor Read(string path, params long[] shape) =>
        tensor(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray()).reshape(shape);

    /// <summary>Reads real numbers that are written with commas between them.</summary>
    public static float[] Parse(string text) => [.. text.Trim().Split(',').Select(word => float.Parse(word, CultureInfo.InvariantCulture))];

    private static Network Disturb(Network network)
    {
        using var random = new Generator(11);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (NamedTensor tensor in network.State)
        {
            if (tensor.Name.EndsWith("running_var", StringComparison.Ordinal))
            {
                tensor.Value.uniform_(0.5, 2, random);
            }
            else if (
                tensor.Name.EndsWith("bias", StringComparison.Ordinal) || tensor.Name.EndsWith("running_mean", StringComparison.Ordinal)
            )
            {
                tensor.Value.uniform_(-0.1, 0.1, random);
            }
        }
        return network;
    }
}
