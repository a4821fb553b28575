using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>Archives that are damaged or made to harm: typed errors, and memory bounded by what really comes.</summary>
public sealed class HostileArchiveTests : IDisposable
{
    private const int SizeAt = 124,
        TypeAt = 156;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("77777777777")]
    [InlineData("17777777777")]
    [InlineData("99999999999")]
    [InlineData("-0000000001")]
    public void A_changed_size_is_a_typed_error_and_takes_no_memory(string size)
    {
        byte[] archive = Archive();
        Encoding.ASCII.GetBytes(size).CopyTo(archive, SizeAt);
        FixChecksum(archive);

        Assert.Equal("Data", Read(archive, out long taken).ErrorId.Split('.')[0]);
        Assert.InRange(taken, 0, 64 << 20);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('K')]
    public void Attributes_of_two_gigabytes_are_refused_before_they_are_read(char type)
    {
        byte[] archive = Archive();
        Encoding.ASCII.GetBytes("17777777777").CopyTo(archive, SizeAt);
        archive[TypeAt] = (byte)type;
        FixChecksum(archive);

        Assert.Equal("Data.BrokenArchive", Read(archive, out long taken).ErrorId);
        Assert.InRange(taken, 0, 64 << 20);
        Assert.Equal("Data.BrokenArchive", Read(Packed(archive), out taken).ErrorId);
        Assert.InRange(taken, 0, 64 << 20);
    }

    [Fact]
    public void Damaged_archives_end_in_typed_errors()
    {
        byte[] whole = Archive();
        var random = new Random(1);
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] archive = [.. whole];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                archive[random.Next(1536)] = (byte)random.Next(256);
            }
            if (i % 2 == 0)
            {
                FixChecksum(archive);
            }
            try
            {
                TarMembers.Read(Write(archive), _ => true, new ReadOptions());
            }
            catch (ConvNetException)
            {
                // the typed error that was expected
            }
        }
    }

    [Fact]
    public void A_bomb_is_refused_by_what_it_declares()
    {
        string path = folder["bomb.tar.gz"];
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        using (var writer = new TarWriter(packed))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "data_batch_1.bin") { DataStream = new ZeroStream(600L << 20) });
        }

        Assert.Equal(
            "Data.TooLarge",
            Assert.ThrowsAny<ConvNetException>(() => TarMembers.Read(path, _ => true, new ReadOptions())).ErrorId
        );
    }

    [Fact]
    public void A_pipe_and_a_device_are_refused_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are made by mkfifo.");
        string pipe = folder["pipe.tar"];
        using (Process made = Process.Start("mkfifo", pipe))
        {
            made.WaitForExit();
        }

        Assert.ThrowsAny<ConvNetException>(() => DatasetReader.Read(pipe));
        Assert.ThrowsAny<ConvNetException>(() => DatasetReader.Read("/dev/zero"));
    }

    private static byte[] Archive()
    {
        using var memory = new MemoryStream();
        using (var writer = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, "data_batch_1.bin") { DataStream = new MemoryStream(new byte[3073]) }
            );
        }
        return memory.ToArray();
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var packed = new GZipStream(memory, CompressionLevel.Fastest))
        {
            packed.Write(bytes);
        }
        return memory.ToArray();
    }

    /// <summary>Makes the checksum of the first header right again.</summary>
    private static void FixChecksum(byte[] archive)
    {
        const int at = 148,
            length = 8;
        Encoding.ASCII.GetBytes("        ").CopyTo(archive, at);
        int sum = archive.Take(512).Sum(part => part);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").AsSpan(0, length).CopyTo(archive.AsSpan(at));
    }

    private ConvNetException Read(byte[] archive, out long taken)
    {
        string path = Write(archive);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ConvNetException error = Assert.ThrowsAny<ConvNetException>(() => TarMembers.Read(path, _ => true, new ReadOptions()));
        taken = GC.GetAllocatedBytesForCurrentThread() - before;
        return error;
    }

    private string Write(byte[] archive)
    {
        string path = folder["archive.tar"];
        File.WriteAllBytes(path, archive);
        return path;
    }

    private sealed class ZeroStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, length - Position);
            Array.Clear(buffer, offset, read);
            Position += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
