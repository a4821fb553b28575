using System.Globalization;
using System.IO.Compression;
using System.Text;
using ConvNetShell.Core.Data.Arrays;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Writers;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Interop;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Data;

public sealed class NumpyFormatTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("np.savez(f, x_train=x, y_train=y, x_test=x[:6], y_test=y[:6])", 6)]
    [InlineData("np.savez_compressed(f, train_images=x, train_labels=y[:, None], test_images=x[:4], test_labels=y[:4, None])", 4)]
    [InlineData("np.savez(f, images=x.transpose(0, 3, 1, 2) / np.float32(255), labels=y.astype('i4'))", 0)]
    [InlineData("np.savez(f, images=np.asfortranarray(x.astype('>i2')), labels=np.eye(3)[y])", 0)]
    [InlineData("np.savez(f, images=(x / 255).astype('f2'), labels=y.astype('>u8'))", 0)]
    [InlineData("np.savez(f, images=x.astype('f8'), labels=y.astype('f8'), other=np.array([{}], dtype=object))", 0)]
    [InlineData("np.savez(f, images=x.astype('u4'), labels=y.astype('i1'))", 0)]
    [InlineData("np.savez(f, images=x.astype('>f4'), labels=y, class_names=np.array(['0', '1', '2']))", 0)]
    [InlineData("np.save(f[:-8] + 'x_train', x); np.save(f[:-8] + 'y_train', y)", 0)]
    public void Arrays_that_NumPy_wrote_are_read(string save, int test)
    {
        string file = Path.Combine(folder.Folder("numpy"), "data.npz");
        string pixels = ForeignProgram.RunPython(
            "numpy",
            $"""
            import numpy as np, sys
            f = sys.argv[1]
            x = np.random.RandomState(0).randint(0, 256, (30, 4, 8, 3)).astype('u1')
            y = np.arange(30) % 3
            {save}
            print(x.tobytes().hex())
            """,
            file
        );
        Dataset data = DatasetReader.Read(File.Exists(file) ? file : folder["numpy"]);
        Assert.Equal(new Shape(3, 4, 8), data.InputShape);
        Assert.Equal(pixels.Trim(), Convert.ToHexStringLower(data.Train.PixelArray));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i % 3), data.Train.Labels);
        Assert.Equal(["0", "1", "2"], data.Classes);
        Assert.Equal(test, data.Test?.Count ?? 0);
    }

    [Fact]
    public void NumPy_reads_what_is_written()
    {
        Dataset made = Samples.Dataset(new Shape(3, 4, 6), validation: true);
        DatasetWriter.Write(made, folder["out"], DatasetFileFormat.Npz);
        string printed = ForeignProgram.RunPython(
            "numpy",
            """
            import numpy as np, sys
            z = np.load(sys.argv[1], allow_pickle=False)
            for name in z.files: print(name, z[name].dtype.str, z[name].shape)
            print(list(z['class_names']), list(z['y_test']))
            print(z['x_val'].tobytes().hex())
            """,
            folder["out", "dataset.npz"]
        );
        string[] expected =
        [
            "x_train |u1 (12, 4, 6, 3)",
            "y_train <i8 (12,)",
            "x_val |u1 (6, 4, 6, 3)",
            "y_val <i8 (6,)",
            "x_test |u1 (5, 4, 6, 3)",
            "y_test <i8 (5,)",
            "class_names <U7 (3,)",
            "['class/3', 'class/2', 'class/1'] [0, 1, 2, 0, 1]",
            Convert.ToHexStringLower(made.Validation!.PixelArray),
        ];
        Assert.Equal(expected, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("|O", "(3,)", "Data.UnsafeType")]
    [InlineData("<c8", "(3,)", "Data.BadHeader")]
    [InlineData("<M8", "(3,)", "Data.BadHeader")]
    [InlineData("<f16", "(3,)", "Data.BadHeader")]
    [InlineData("<i3", "(3,)", "Data.BadHeader")]
    [InlineData("|u1", "(-3,)", "Data.BadDimensions")]
    [InlineData("|u1", "(3, x)", "Data.BadDimensions")]
    [InlineData("|u1", "(1, 1, 1, 1, 1, 1, 1, 1, 1)", "Data.BadDimensions")]
    [InlineData("|u1", "(9223372036854775807,)", "Data.BadDimensions")]
    [InlineData("|u1", "(65536, 65536)", "Data.TooLarge")]
    [InlineData("<f8", "(2000000000,)", "Data.TooLarge")]
    [InlineData("|u1", "(1000000000,)", "Data.Truncated")]
    [InlineData("|u1", "(3,)", "Data.WrongLength")]
    public void A_header_that_cannot_be_is_a_typed_error(string type, string shape, string expected)
    {
        string path = folder.File(["x_train.npy"], Npy(type, shape, new byte[64]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(expected, Assert.Throws<DataFormatException>(() => NpyArray.Read(path)).ErrorId);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40 << 20);
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0xFF, 0xFF })]
    [InlineData(new byte[] { 2, 0, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 9, 0, 10, 0 })]
    public void A_header_of_another_length_or_version_is_a_typed_error(byte[] start)
    {
        byte[] whole = Npy("|u1", "(64,)", new byte[64]);
        start.CopyTo(whole, 6);
        string path = folder.File(["x_train.npy"], whole);
        Assert.StartsWith("Data.", Assert.Throws<DataFormatException>(() => NpyArray.Read(path)).ErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_no_pixels_or_labels_are_typed_errors()
    {
        Assert.Equal("Data.BadPixels", Failure(Floats(float.NaN), Bytes(0)));
        Assert.Equal("Data.BadPixels", Failure(Floats(-0.5f), Bytes(0)));
        Assert.Equal("Data.BadPixels", Failure(Floats(256f), Bytes(0)));
        Assert.Equal("Data.BadLabel", Failure(Floats(1f), Npy("<f4", "(1,)", BitConverter.GetBytes(0.5f))));
        Assert.Equal("Data.CountMismatch", Failure(Floats(1f), Bytes(0, 1)));
        Assert.Equal("Data.BadDimensions", Failure(Npy("|u1", "(1, 2, 0)", []), Bytes(0)));
        Assert.Equal("Data.BadDimensions", Failure(Npy("|u1", "(1, 9, 2, 9)", new byte[162]), Bytes(0)));
    }

    [Theory]
    [InlineData("../x_train.npy")]
    [InlineData("/x_train.npy")]
    [InlineData("C:/x_train.npy")]
    public void A_name_that_leaves_the_archive_is_refused(string name)
    {
        string path = folder.File(["a.npz"], Zip((name, Bytes(1)), ("y_train.npy", Bytes(1))));
        Assert.Equal("Data.UnsafePath", Assert.Throws<DataFormatException>(() => DatasetReader.Read(path)).ErrorId);
    }

    [Fact]
    public void The_same_name_twice_is_refused()
    {
        string path = folder.File(["a.npz"], Zip(("x_train.npy", Bytes(1)), ("x_train.npy", Bytes(1))));
        Assert.Equal("Data.DuplicateName", Assert.Throws<DataFormatException>(() => DatasetReader.Read(path)).ErrorId);
    }

    [Fact]
    public void Damaged_files_end_in_typed_errors()
    {
        byte[] array = Npy("|u1", "(4, 2, 2)", new byte[16]),
            archive = Zip(("x_train.npy", array), ("y_train.npy", Npy("<i8", "(4,)", new byte[32])));
        folder.File(["mutated", "y_train.npy"], Npy("<i8", "(4,)", new byte[32]));
        var random = new Random(1);
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] whole = [.. i % 2 == 0 ? array : archive];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                whole[random.Next(whole.Length)] = (byte)random.Next(256);
            }
            string path = folder.File(
                i % 2 == 0 ? ["mutated", "x_train.npy"] : ["a.npz"],
                whole[..random.Next(whole.Length / 2, whole.Length + 1)]
            );
            try
            {
                DatasetReader.Read(path);
            }
            catch (ConvNetException)
            {
                // the typed error that was expected
            }
        }
    }

    private string Failure(byte[] images, byte[] labels)
    {
        string path = folder.File(["a.npz"], Zip(("images.npy", images), ("labels.npy", labels)));
        return Assert.ThrowsAny<ConvNetException>(() => DatasetReader.Read(path)).ErrorId;
    }

    private static byte[] Npy(string type, string shape, byte[] items)
    {
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text), .. items];
    }

    private static byte[] Bytes(params byte[] values) =>
        Npy("|u1", string.Create(CultureInfo.InvariantCulture, $"({values.Length},)"), values);

    /// <summary>One image of 2x2 whose first number is given.</summary>
    private static byte[] Floats(float first) => Npy("<f4", "(1, 2, 2)", [.. new[] { first, 0, 0, 0 }.SelectMany(BitConverter.GetBytes)]);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }
        return memory.ToArray();
    }
}
