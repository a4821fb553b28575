using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Files from anywhere: an error of ours with the position, little memory, nothing that runs.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const long MostAllocated = 4 << 20;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}""", 8, "Truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":["NaN"],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e3],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,2,2],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"X32","shape":[2],"data_offsets":[0,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"dtype":"F32"}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "Damaged")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8,
        "Damaged"
    )]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""",
        8,
        "Damaged"
    )]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "Damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "Damaged")]
    [InlineData("""{"a":[[[[[[[[]]]]]]]]}""", 0, "Damaged")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "Damaged")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "Damaged")]
    [InlineData("""{"__metadata__":{"a":"\ud800"}}""", 0, "Damaged")]
    [InlineData("""[]""", 0, "Damaged")]
    [InlineData("""{}{}""", 0, "Damaged")]
    [InlineData("""{"a""", 0, "Damaged")]
    public void A_wrong_header_is_refused_with_its_position(string json, int data, string id)
    {
        File.WriteAllBytes(folder["a.safetensors"], InteropData.File(json, new byte[data]));
        NetworkFileException error = Refused("a.safetensors");
        Assert.Equal("NetworkFile." + id, error.ErrorId);
        Assert.InRange(error.Offset ?? -1, 0, 8 + json.Length + data);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(99_999_999)]
    [InlineData(3)]
    public void A_length_that_the_file_does_not_have_is_refused_before_memory_is_taken(long length)
    {
        File.WriteAllBytes(folder["a.safetensors"], InteropData.File("{}", [], length));
        _ = Refused("a.safetensors");
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'touch HERE'\ntR.")]
    [InlineData("c__builtin__\neval\n(X\u0004\0\0\00+0tR.")]
    [InlineData("ctorch._utils\n_rebuild_tensor\n.")]
    [InlineData("cbuiltins\ngetattr\n.")]
    [InlineData("ios\nsystem\n.")]
    [InlineData("(cos\nsystem\nX\u0004\0\0\0echoo.")]
    [InlineData("\u008c\u0002os\u008c\u0006system\u0093.")]
    [InlineData("\u0082\u0001.")]
    [InlineData("ccollections\nOrderedDict\nX\u0001\0\0\0aR.")]
    [InlineData("ccollections\nOrderedDict\n)\u0081.")]
    public void A_pickle_that_would_run_is_refused(string pickle)
    {
        Zip("a.pth", ("a/data.pkl", Encoding.Latin1.GetBytes(pickle.Replace("HERE", folder["ran"], StringComparison.Ordinal))));
        NetworkFileException error = Refused("a.pth");
        Assert.Contains(error.ErrorId, new[] { "NetworkFile.Unsafe", "NetworkFile.Unsupported", "NetworkFile.Damaged" });
        Assert.NotNull(error.Offset);
        Assert.False(File.Exists(folder["ran"]));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("((((")]
    [InlineData("N.")]
    [InlineData("h\u0005.")]
    [InlineData("}q\0h\0h\0s.")] // a dictionary within itself
    [InlineData("]q\0h\0a.")]
    [InlineData("Xÿÿÿÿ.")]
    [InlineData("0.")]
    [InlineData("(u.")]
    [InlineData("}(Nu.")]
    [InlineData("\u008aÿ.")]
    public void A_pickle_without_tensors_is_refused(string pickle)
    {
        Zip("a.pth", ("a/data.pkl", Encoding.Latin1.GetBytes(pickle)));
        _ = Refused("a.pth");
    }

    [Fact]
    public void A_compressed_entry_is_refused_and_so_is_no_bomb()
    {
        using (ZipArchive zip = ZipFile.Open(folder["a.pth"], ZipArchiveMode.Create))
        {
            using Stream entry = zip.CreateEntry("a/data.pkl", CompressionLevel.SmallestSize).Open();
            entry.Write(new byte[10_000_000]);
        }
        Assert.Equal("NetworkFile.Unsupported", Refused("a.pth").ErrorId);
    }

    [Fact]
    public void A_name_that_leaves_the_folder_is_a_key_and_no_path()
    {
        Zip("a.pth", ("../../a/data.pkl", "}."u8.ToArray()), ("/etc/passwd", []));
        Assert.Equal("NetworkFile.Unknown", Refused("a.pth").ErrorId);
        Assert.Equal(["a.pth"], Directory.GetFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_pipe_a_device_and_an_empty_file_are_refused_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are made by mkfifo.");
        File.WriteAllBytes(folder["empty"], []);
        using (Process made = Process.Start("mkfifo", folder["pipe"]))
        {
            made.WaitForExit();
        }
        Assert.All(
            NetworkFormats.All,
            format =>
                Assert.All(
                    new[] { folder["pipe"], folder["empty"], "/dev/zero" },
                    path => Assert.ThrowsAny<ConvNetException>(() => format.Read(path, new ImportSettings()))
                )
        );
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_with_our_error()
    {
        using Network network = InteropData.Network("conv3x3x2 bn fc3");
        NetworkFile.Write(folder["a.cnsh"], network);
        NetworkFormats.ForWriting("a.safetensors").Write(folder["a.safetensors"], network, new ExportSettings());
        string data = Path.Combine(AppContext.BaseDirectory, "Interop");
        (string Name, byte[] Bytes)[] seeds =
        [
            ("m.cnsh", File.ReadAllBytes(folder["a.cnsh"])),
            ("m.safetensors", File.ReadAllBytes(folder["a.safetensors"])),
            ("m.pth", File.ReadAllBytes(Path.Combine(data, "zip.pth"))),
            ("m.pt", File.ReadAllBytes(Path.Combine(data, "legacy.pth"))),
            ("m.keras", File.ReadAllBytes(Path.Combine(data, "model.keras"))),
            ("m.h5", File.ReadAllBytes(Path.Combine(data, "model.h5"))),
            ("m.hdf5", File.ReadAllBytes(Path.Combine(data, "model.weights.h5"))),
        ];
        var random = new Random(1);
        using Network into = InteropData.Network("conv3x3x2 bn fc3");
        foreach ((string name, byte[] bytes) in seeds)
        {
            int refused = 0;
            for (int i = 0; i < Mutations.Count; i++)
            {
                File.WriteAllBytes(folder[name], InteropData.Mutate(bytes, random));
                refused += Read(name, into) is null ? 0 : 1;
                refused += Read(name, null) is null ? 0 : 1;
            }
            Assert.InRange(refused, Mutations.Count / 2, (2 * Mutations.Count) - 1);
        }
    }

    private NetworkFileException Refused(string name)
    {
        using Network into = InteropData.Network("fc3");
        return Assert.IsType<NetworkFileException>(Read(name, into));
    }

    /// <summary>Returns the error of reading; any other than ours, and much memory, fail the test.</summary>
    private Exception? Read(string name, Network? into)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(() =>
        {
            Network read = NetworkFormats.ForReading(name).Read(folder[name], new ImportSettings { Into = into, AllowPartial = true });
            if (into is null)
            {
                read.Dispose();
            }
        });
        Assert.True(error is null or NetworkFileException, $"{error}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostAllocated);
        return error;
    }

    private void Zip(string name, params (string Name, byte[] Bytes)[] entries)
    {
        using ZipArchive zip = ZipFile.Open(folder[name], ZipArchiveMode.Create);
        foreach ((string key, byte[] bytes) in entries)
        {
            using Stream entry = zip.CreateEntry(key, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
    }
}
