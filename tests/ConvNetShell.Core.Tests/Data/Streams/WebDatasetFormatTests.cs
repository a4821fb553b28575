using System.Formats.Tar;
using System.Text;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Streams;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Interop;
using ConvNetShell.Testing;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data.Streams;

public sealed class WebDatasetFormatTests : IDisposable
{
    private static readonly SKColor[] Colors = [SKColors.Red, SKColors.Lime, SKColors.Blue];
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shards_are_read_by_split(bool stream)
    {
        folder.File(["set", "train-000000.tar"], Shard(0, 4));
        folder.File(["set", "train-000001.tar"], Shard(4, 5));
        folder.File(["set", "val-000000.tar"], Shard(9, 3));
        Dataset data = DatasetReader.Read(folder["set"], new ReadOptions { Stream = stream });
        Assert.Equal((9, 3, stream), (data.Train.Count, data.Validation!.Count, data.IsStreamed));
        Assert.Equal(["0", "1", "2"], data.Classes);
        Assert.Equal(new Shape(3, 5, 4), data.InputShape);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(i % 3, data.Train.Labels[i]);
            SKColor color = Colors[i % 3];
            Assert.Equal([color.Red, color.Green, color.Blue], data.Train.Image(i)[..3]);
        }
        if (stream)
        {
            Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1], Enumerable.Range(0, 9).Select(data.Train.Store!.Shard));
        }
    }

    [Theory]
    [InlineData("train-{000000..000001}.tar", 9)]
    [InlineData("train-00000{0,1}.tar", 9)]
    [InlineData("train-*.tar", 9)]
    [InlineData("train-00000?.tar", 9)]
    [InlineData("{train,val}-000000.tar", 4)]
    [InlineData("val-*.tar", 3)]
    public void A_pattern_names_the_shards_of_one_dataset(string pattern, int train)
    {
        folder.File(["set", "train-000000.tar"], Shard(0, 4));
        folder.File(["set", "train-000001.tar"], Shard(4, 5));
        folder.File(["set", "val-000000.tar"], Shard(9, 3));
        Dataset data = DatasetReader.Read(folder["set", pattern]);
        Assert.Equal((train, "set"), (data.Train.Count, data.Name));
    }

    [Fact]
    public void Python_s_tarfile_writes_archives_that_are_read()
    {
        folder.File(["png"], Samples.Picture(SKEncodedImageFormat.Png, 4, 5, SKColors.Blue));
        string name = new('n', 120);
        ForeignProgram.RunPython(
            "tarfile",
            """
            import tarfile, io, sys, json
            png = open(sys.argv[1] + '/png', 'rb').read()
            for kind in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
                with tarfile.open(sys.argv[1] + '/%d.tar' % kind, 'w', format=kind) as tar:
                    for i, name in enumerate(['a/000', 'a/001'] + ([sys.argv[2], 'a/é'] if kind else [])):
                        def add(name, data):
                            info = tarfile.TarInfo(name)
                            info.size, info.mtime = len(data), 1.5
                            tar.addfile(info, io.BytesIO(data))
                        add(name + '.img.png', png)
                        add(name + '.json', json.dumps({'label': 'class %d' % (i % 2), 'text': [1, {}]}).encode())
            """,
            folder.Root,
            name
        );
        Assert.Equal(2, DatasetReader.Read(folder["0.tar"]).Train.Count);
        foreach (string archive in new[] { "1.tar", "2.tar" })
        {
            Dataset data = DatasetReader.Read(folder[archive]);
            Assert.Equal([0, 1, 0, 1], data.Train.Labels);
            Assert.Equal(["class 0", "class 1"], data.Classes);
        }
    }

    [Fact]
    public void The_files_of_a_sample_need_not_be_side_by_side()
    {
        byte[] png = Samples.Picture(SKEncodedImageFormat.Png, 4, 5, SKColors.Blue);
        string archive = folder.File(
            ["a.tar"],
            Samples.Tar(
                Samples.TarFile("1.png", png),
                Samples.TarFile("0.cls", "0"u8.ToArray()),
                Samples.TarFile("0.png", png),
                Samples.TarFile("1.cls", "1"u8.ToArray())
            )
        );
        Assert.Equal([1, 0], DatasetReader.Read(archive).Train.Labels);
    }

    [Fact]
    public void Class_names_stand_beside_the_archives()
    {
        string archive = folder.File(["a.tar"], Shard(0, 3));
        folder.File(["classes.txt"], "red\ngreen\nblue\nwhite\n"u8);
        Assert.Equal(["red", "green", "blue", "white"], DatasetReader.Read(archive).Classes);
        folder.File(["classes.txt"], "red\ngreen\n"u8);
        Assert.Equal("Data.BadLabel", Failure(archive));
    }

    [Fact]
    public void A_sample_without_its_parts_is_a_typed_error_or_left_out()
    {
        byte[] png = Samples.Picture(SKEncodedImageFormat.Png, 4, 5, SKColors.Blue);
        Assert.Equal("Data.CountMismatch", Failure(folder.File(["a.tar"], Samples.Tar(Samples.TarFile("0.png", png)))));
        Assert.Equal(
            "Data.BadLabel",
            Failure(folder.File(["b.tar"], Samples.Tar(Samples.TarFile("0.png", png), Samples.TarFile("0.json", "{"u8.ToArray()))))
        );
        var warnings = new List<string>();
        string third = folder.File(
            ["c.tar"],
            Samples.Tar(Samples.TarFile("0.cls", "7"u8.ToArray()), Samples.TarFile("1.png", png), Samples.TarFile("1.cls", "1"u8.ToArray()))
        );
        Assert.Equal(1, DatasetReader.Read(third, new ReadOptions { Warn = warnings.Add }).Train.Count);
        Assert.Contains("1 samples of Train have no image", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../0.png", TarEntryType.RegularFile)]
    [InlineData("/0.png", TarEntryType.RegularFile)]
    [InlineData("0.png", TarEntryType.SymbolicLink)]
    public void A_path_that_leaves_the_archive_and_a_link_are_refused(string name, TarEntryType type)
    {
        var entry = new UstarTarEntry(type, name);
        if (type == TarEntryType.SymbolicLink)
        {
            entry.LinkName = "/etc/passwd";
        }
        string path = folder.File(["a.tar"], [.. Shard(0, 1)[..^1024], .. Samples.Tar(entry)]);
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(path));
        Assert.Equal("Data.UnsafePath", error.ErrorId);
        Assert.Contains("in the header at byte ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_cut_short_is_named_with_the_offset()
    {
        byte[] whole = Shard(0, 3);
        Assert.Equal("Data.Truncated", Failure(folder.File(["a.tar"], whole[..(whole.Length - 2100)])));
    }

    [Fact]
    public void Damaged_archives_end_in_typed_errors()
    {
        byte[] whole = Shard(0, 3);
        var random = new Random(1);
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] archive = [.. whole];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(archive.Length);
                archive[at] = (byte)random.Next(256);
                FixChecksum(archive.AsSpan(at / 512 * 512, 512), random.Next(2) == 0);
            }
            string path = folder.File(["m.tar"], archive[..random.Next(archive.Length / 2, archive.Length + 1)]);
            try
            {
                Dataset data = DatasetReader.Read(path, new ReadOptions { Stream = i % 2 == 0 });
                _ = data.Train.Image(0);
            }
            catch (ConvNetException)
            {
                // the typed error that was expected
            }
        }
    }

    private static string Failure(string path) => Assert.Throws<DataFormatException>(() => DatasetReader.Read(path)).ErrorId;

    private static byte[] Shard(int first, int count) =>
        Samples.Tar([
            .. Enumerable
                .Range(first, count)
                .SelectMany(i =>
                    new[]
                    {
                        Samples.TarFile($"{i:000000}.png", Samples.Picture(SKEncodedImageFormat.Png, 4, 5, Colors[i % 3])),
                        Samples.TarFile($"{i:000000}.cls", Encoding.ASCII.GetBytes($"{i % 3}\n")),
                    }
                ),
        ]);

    private static void FixChecksum(Span<byte> header, bool fix)
    {
        if (fix && header[257] == 'u')
        {
            header.Slice(148, 8).Fill((byte)' ');
            int sum = 0;
            foreach (byte part in header)
            {
                sum += part;
            }
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
        }
    }
}
