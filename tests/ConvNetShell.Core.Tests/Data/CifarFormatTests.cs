using System.Formats.Tar;
using System.Text;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

public class CifarFormatTests
{
    private static readonly byte[] Names = Encoding.ASCII.GetBytes(
        "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"
    );

    [Fact]
    public void A_folder_is_read_and_planes_become_pixels()
    {
        using var folder = new TestFolder();
        byte[] batch = Samples.Cifar(12);
        folder.File(["data_batch_1.bin"], batch);
        folder.File(["data_batch_2.bin"], Samples.Cifar(3));
        folder.File(["test_batch.bin"], Samples.Cifar(4));
        folder.File(["batches.meta.txt"], Names);

        Dataset dataset = DatasetReader.Read(folder.Root);

        Assert.Equal("CIFAR10: 3x32x32, 10 classes, Train 15, Test 4", dataset.ToString());
        Assert.Equal("truck", dataset.Classes[9]);
        Assert.Equal(1, dataset.Train.Labels[11]);
        ReadOnlySpan<byte> second = dataset.Train.Image(1);
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.Equal(batch[3073 + 1 + (channel * 1024) + 37], second[(37 * 3) + channel]);
        }
    }

    [Fact]
    public void An_archive_is_read_without_unpacking()
    {
        using var folder = new TestFolder();
        byte[] tar = Samples.Tar(
            new UstarTarEntry(TarEntryType.Directory, "cifar-10-batches-bin/"),
            Samples.TarFile("cifar-10-batches-bin/readme.html", [1, 2]),
            Samples.TarFile("cifar-10-batches-bin/data_batch_1.bin", Samples.Cifar(11)),
            Samples.TarFile("cifar-10-batches-bin/batches.meta.txt", Names)
        );
        folder.File(["cifar-10-binary.tar.gz"], Samples.Gzip(tar));
        var warnings = new List<string>();

        Dataset dataset = DatasetReader.ReadPath(folder["cifar-10-binary.tar.gz"], new ReadOptions { Warn = warnings.Add });

        Assert.Equal(11, dataset.Train.Count);
        Assert.Null(dataset.Test);
        Assert.Contains("test_batch.bin", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData(false, 100, 1)]
    [InlineData(true, 20, 0)]
    public void Cifar100_has_fine_or_coarse_labels(bool coarse, int classes, int firstLabel)
    {
        using var folder = new TestFolder();
        folder.File(["train.bin"], Samples.Cifar(10, 2, 20));
        folder.File(["test.bin"], Samples.Cifar(2, 2, 20));
        Dataset dataset = DatasetReader.ReadPath(folder.Root, new ReadOptions { CoarseLabels = coarse });
        Assert.Equal(classes, dataset.Classes.Count);
        Assert.Equal(firstLabel, dataset.Train.Labels[0]);
    }

    [Theory]
    [InlineData(0, "Data.Truncated")]
    [InlineData(3072, "Data.WrongLength")]
    [InlineData(3073 + 5, "Data.WrongLength")]
    public void A_wrong_length_is_refused(int length, string id)
    {
        using var folder = new TestFolder();
        string file = folder.File(["data_batch_1.bin"], new byte[length]);
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root));
        Assert.Equal(id, error.ErrorId);
        Assert.Equal(file, error.Path);
        Assert.Contains($"Received: {length} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outside_the_classes_is_refused()
    {
        using var folder = new TestFolder();
        byte[] batch = Samples.Cifar(3);
        batch[3073] = 10;
        folder.File(["data_batch_1.bin"], batch);
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(folder.Root));
        Assert.Equal("Data.BadLabel", error.ErrorId);
        Assert.Contains("Received: 10 at Train image 1", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, TarEntryType> UnsafeEntries =>
        new()
        {
            { "../data_batch_1.bin", TarEntryType.RegularFile },
            { "a/../../data_batch_1.bin", TarEntryType.RegularFile },
            { @"a\..\..\data_batch_1.bin", TarEntryType.RegularFile },
            { "/etc/data_batch_1.bin", TarEntryType.RegularFile },
            { @"C:\data_batch_1.bin", TarEntryType.RegularFile },
            { "data_batch_1.bin", TarEntryType.SymbolicLink },
            { "data_batch_1.bin", TarEntryType.HardLink },
        };

    [Theory]
    [MemberData(nameof(UnsafeEntries))]
    public void An_entry_that_leaves_the_archive_is_refused(string name, TarEntryType type)
    {
        using var folder = new TestFolder();
        TarEntry entry =
            type == TarEntryType.RegularFile
                ? Samples.TarFile(name, Samples.Cifar(1))
                : new UstarTarEntry(type, name) { LinkName = "/etc/passwd" };
        string path = folder.File(["x.tar.gz"], Samples.Gzip(Samples.Tar(entry)));
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(path));
        Assert.Equal("Data.UnsafePath", error.ErrorId);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_cut_short_or_damaged_is_refused()
    {
        using var folder = new TestFolder();
        byte[] whole = Samples.Gzip(Samples.Tar(Samples.TarFile("data_batch_1.bin", Samples.Cifar(4))));
        string cut = folder.File(["cut.tar.gz"], whole.AsSpan(0, whole.Length / 2));
        byte[] damaged = (byte[])whole.Clone();
        damaged.AsSpan(1000, 400).Fill(0x55);
        string broken = folder.File(["broken.tar.gz"], damaged);
        string text = folder.File(["text.tar"], Encoding.ASCII.GetBytes(new string('x', 2000)));
        foreach (string path in new[] { cut, broken, text })
        {
            DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(path));
            Assert.Contains(error.ErrorId, (string[])["Data.Truncated", "Data.BrokenArchive"]);
            Assert.Equal(path, error.Path);
        }
    }

    [Fact]
    public void A_header_that_declares_an_absurd_length_costs_no_memory()
    {
        using var folder = new TestFolder();
        byte[] tar = Samples.Tar(Samples.TarFile("data_batch_1.bin", Samples.Cifar(1)));
        // Ustar keeps the length as octal digits at 124 and the header's checksum at 148.
        Encoding.ASCII.GetBytes("77777777777\0").CopyTo(tar, 124);
        Encoding.ASCII.GetBytes("        ").CopyTo(tar, 148);
        int sum = tar.AsSpan(0, 512).ToArray().Sum(value => (int)value);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        string path = folder.File(["huge.tar"], tar);
        DataFormatException error = Assert.Throws<DataFormatException>(() => DatasetReader.Read(path));
        Assert.Equal("Data.TooLarge", error.ErrorId);
    }
}
