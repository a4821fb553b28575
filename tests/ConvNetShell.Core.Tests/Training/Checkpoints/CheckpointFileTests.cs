using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private const long Beyond = (1L << 31) + 4096; // more than an array holds
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_tensor_larger_than_a_part_goes_through_a_file_unchanged()
    {
        CheckpointHeader header = Saved().Header;
        using Tensor dense = randn(3, 2_000_000);
        using Tensor wanted = dense.slice(1, 0, 2_000_000, 2); // 12 MB with gaps between its numbers
        using Tensor large = randn(2, 5_000_000); // 40 MB
        CheckpointFile.Write(folder["large"], header, [("gaps", wanted), ("large", large)]);
        (_, StoredTensors stored) = CheckpointFile.Read(folder["large"]);
        using Tensor gaps = zeros(3, 1_000_000),
            whole = zeros(2, 5_000_000);
        stored.Read("gaps", gaps);
        stored.Read("large", whole);

        Assert.True(wanted.equal(gaps).all().item<bool>());
        Assert.True(large.equal(whole).all().item<bool>());
    }

    /// <summary>A sparse file: 2 GiB of zeros take no room.</summary>
    [Fact, Trait("Speed", "Slow")]
    public void A_checkpoint_above_2_GiB_is_read()
    {
        Checkpoint small = Saved();
        using Tensor bias = ones(3);
        WriteSparse(
            folder["huge"],
            Json(
                small.Header,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    "huge":{"dtype":"U8","shape":[{{Beyond}}],"data_offsets":[0,{{Beyond}}]},
                    "bias":{"dtype":"F32","shape":[3],"data_offsets":[{{Beyond}},{{Beyond + 12}}]}
                    """
                )
            ),
            [.. bias.bytes]
        );
        long before = GC.GetTotalAllocatedBytes();
        (CheckpointHeader header, StoredTensors tensors) = CheckpointFile.Read(folder["huge"]);
        using Tensor read = zeros(3);
        tensors.Read("bias", read);

        Assert.Equal(small.TotalSteps, header.TotalSteps);
        Assert.Equal([1f, 1f, 1f], read.data<float>().ToArray());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public void A_tensor_of_another_shape_or_name_is_refused()
    {
        using Tensor stored = ones(3, 4);
        CheckpointFile.Write(folder["one"], Saved().Header, [("a", stored)]);
        (_, StoredTensors tensors) = CheckpointFile.Read(folder["one"]);
        using Tensor other = zeros(4, 3),
            doubles = zeros(3, 4, ScalarType.Float64);

        Assert.All(
            new Action[] { () => tensors.Read("a", other), () => tensors.Read("a", doubles), () => tensors.Read("b", stored) },
            read => Assert.Equal("Checkpoint.Unknown", Assert.Throws<CheckpointException>(read).ErrorId)
        );
    }

    /// <summary>A checksum says that a file is whole, not that its numbers make sense.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(4)]
    public void Tensors_that_do_not_fill_the_file_are_refused(long bytes)
    {
        string tensors = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "a":{"dtype":"U8","shape":[{{bytes}}],"data_offsets":[0,{{bytes}}]},
            "b":{"dtype":"U8","shape":[{{bytes}}],"data_offsets":[{{bytes}},{{unchecked(2 * bytes)}}]}
            """
        );
        WriteSparse(folder["wrong"], Json(Saved().Header, tensors), new byte[3], 0);
        Assert.Equal("Checkpoint.Damaged", Assert.Throws<CheckpointException>(() => CheckpointFile.Read(folder["wrong"])).ErrorId);
    }

    [Fact]
    public void A_link_planted_beside_a_checkpoint_is_not_followed()
    {
        using Tensor one = ones(1);
        CheckpointHeader header = Saved().Header;
        File.CreateSymbolicLink($"{folder["target"]}.{Environment.ProcessId}.tmp", folder["victim"]);
        CheckpointFile.Write(folder["target"], header, [("a", one)]);
        Assert.False(File.Exists(folder["victim"]));
    }

    private Checkpoint Saved()
    {
        using Network network = TinyData.Network();
        var settings = new TrainingSettings
        {
            Epochs = 1,
            BatchSize = 24,
            Threads = 1,
            Checkpoints = new CheckpointSettings { Path = folder["run"] },
        };
        return Checkpoint.Read(Trainer.Train(network, TinyData.Dataset(), settings).Checkpoint!);
    }

    private static string Json(CheckpointHeader header, string tensors) =>
        $$"""
            {"__metadata__":{"{{SafeTensorsWriter.ChecksumKey}}":"{{SafeTensorsWriter.NoChecksum}}",
            "{{NetworkDocument.Key}}":{{JsonSerializer.Serialize(header.Network.Write())}},
            "{{CheckpointHeader.Key}}":{{JsonSerializer.Serialize(JsonSerializer.Serialize(header, StoredJson.Options))}}},{{tensors}}}
            """;

    private static void WriteSparse(string path, string text, byte[] last, long zeros = Beyond)
    {
        byte[] json = Encoding.UTF8.GetBytes(text),
            prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(json);
        byte[] part = new byte[1 << 20];
        for (long left = zeros; left > 0; left -= part.Length)
        {
            hash.AppendData(part, 0, (int)Math.Min(left, part.Length));
        }
        hash.AppendData(last);
        string checksum = Convert.ToHexStringLower(hash.GetHashAndReset());
        using FileStream file = File.Create(path);
        file.Write(prefix);
        file.Write(Encoding.UTF8.GetBytes(text.Replace(SafeTensorsWriter.NoChecksum, checksum, StringComparison.Ordinal)));
        file.Seek(zeros, SeekOrigin.Current);
        file.Write(last);
    }
}
