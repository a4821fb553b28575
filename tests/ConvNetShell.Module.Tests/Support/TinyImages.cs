using System.Buffers.Binary;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>Image folders that a small network learns at once: the class is the color.</summary>
internal static class TinyImages
{
    public const int Side = 8;

    public static readonly string[] Classes = ["blue", "green", "red"];

    /// <summary>Writes <c>train|test/class/NN.bmp</c>.</summary>
    public static void WriteDataset(string folder, int train = 12, int test = 4)
    {
        for (int index = 0; index < Classes.Length; index++)
        {
            for (int image = 0; image < train + test; image++)
            {
                string split = image < train ? "train" : "test";
                Write(Path.Combine(folder, split, Classes[index], $"{image:D2}.bmp"), index, seed: index + (Classes.Length * image));
            }
        }
    }

    /// <summary>Writes one 24-bit bitmap in which one of the channels (0 blue, 1 green, 2 red) is bright.</summary>
    public static void Write(string path, int channel, int seed = 0, int side = Side)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        int row = (3 * side + 3) / 4 * 4;
        byte[] file = new byte[54 + (row * side)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), side);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), side);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), 24);
        var noise = new Random(seed);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    file[54 + (y * row) + (3 * x) + c] = (byte)((c == channel ? 170 : 30) + noise.Next(50));
                }
            }
        }
        File.WriteAllBytes(path, file);
    }
}
