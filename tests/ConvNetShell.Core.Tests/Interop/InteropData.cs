using System.Buffers.Binary;
using System.Text;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Networks and files for the tests of formats.</summary>
internal static class InteropData
{
    public const string Rich = "conv3x3x4 bn relu lrn3 pool2 res(conv3x3x4-nobias bn relu) gn2 drop0.3 fc3 softmax";

    public static Network Network(string spec = Rich, int seed = 1, Shape? input = null) =>
        Core.Networks.Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), input ?? new Shape(2, 6, 6)), seed);

    /// <summary>Returns all weights and running averages as bytes, by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Bytes(Network network) =>
        network.State.ToDictionary(
            tensor => tensor.Name,
            tensor =>
            {
                using var contiguous = tensor.Value.detach().contiguous();
                return contiguous.bytes.ToArray();
            }
        );

    public static void AssertSameWeights(Network expected, Network actual)
    {
        IReadOnlyDictionary<string, byte[]> wanted = Bytes(expected),
            read = Bytes(actual);
        Assert.Equal(wanted.Keys, read.Keys);
        Assert.All(wanted, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(read[pair.Key]), pair.Key));
    }

    /// <summary>Returns a safetensors file of a header and bytes.</summary>
    public static byte[] File(string json, byte[] data, long? length = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(json),
            prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length ?? text.Length);
        return [.. prefix, .. text, .. data];
    }

    /// <summary>Changes some bytes of a file, cuts it short, or doubles a part.</summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutant = [.. file];
        int count = random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            // Most of what a reader decides on stands at the beginning and at the end.
            int at = random.Next(3) switch
            {
                0 => random.Next(Math.Min(mutant.Length, 64)),
                1 => mutant.Length - 1 - random.Next(Math.Min(mutant.Length, 200)),
                _ => random.Next(mutant.Length),
            };
            mutant[at] = random.Next(4) switch
            {
                0 => (byte)(mutant[at] ^ (1 << random.Next(8))),
                1 => 0xff,
                2 => 0,
                _ => (byte)random.Next(256),
            };
        }
        return random.Next(6) switch
        {
            0 => mutant[..random.Next(mutant.Length)],
            1 => [.. mutant, .. mutant.AsSpan(random.Next(mutant.Length))],
            2 => [.. mutant.AsSpan(0, random.Next(mutant.Length)), .. mutant.AsSpan(random.Next(mutant.Length))],
            _ => mutant,
        };
    }

    public static IReadOnlyList<LayerSpec> Specs(Network network) => [.. network.Layers.Select(layer => layer.Spec)];
}
