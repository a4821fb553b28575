using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Training.Checkpoints;

/// <summary>Checkpoints with a right checksum whose content is not what a run writes.</summary>
public sealed class CraftedCheckpointTests : IDisposable
{
    private const int PrefixLength = 8,
        DropoutLength = 5056;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The run is stopped before its first step, so that what is restored is all there is.</summary>
    [Fact]
    public void Crafted_headers_are_resumed_or_refused_as_checkpoints()
    {
        (JsonNode header, byte[] tensors) = Saved();
        var random = new Random(1);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        int refused = 0;
        for (int i = 0; i < Mutations.Count; i++)
        {
            JsonNode mutant = header.DeepClone();
            string change = Change(mutant, random);
            Exception? error = Record.Exception(() => Resume(Crafted(mutant, tensors), stopped.Token));
            Assert.True(error is null or CheckpointException, $"{change}: {error}");
            refused += error is null ? 0 : 1;
        }
        Assert.InRange(refused, Mutations.Count / 4, Mutations.Count - 1);
    }

    [Theory]
    [InlineData(8, 0)] // left
    [InlineData(8, 625)]
    [InlineData(8, -1)]
    [InlineData(12, 0)] // not seeded
    [InlineData(16, 1_000_000)] // next, beyond the numbers
    [InlineData(5040, 7)] // a flag
    [InlineData(5052, 9)]
    public void A_state_of_dropout_that_cannot_be_is_refused_before_anything_is_restored(int offset, int value)
    {
        (JsonNode header, byte[] tensors) = Saved();
        BinaryPrimitives.WriteInt32LittleEndian(tensors.AsSpan(tensors.Length - DropoutLength + offset), value);
        var error = Assert.Throws<CheckpointException>(() => Resume(Crafted(header, tensors), CancellationToken.None));
        Assert.Equal("Checkpoint.Unknown", error.ErrorId);
        Assert.Contains("dropout", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Layers", """[{"Token":"fc2147483647","Name":null}]""")]
    [InlineData("Layers", """[null]""")]
    [InlineData("Layers", """[{"Token":"conv3x3x4 relu","Name":null}]""")]
    [InlineData("Layers", "[]")]
    [InlineData("InputShape", "[2147483647,2147483647,2]")]
    [InlineData("InputShape", "[]")]
    [InlineData("Mean", "[0.1]")]
    [InlineData("Order", "[1]")]
    [InlineData("Draws", "[0,0,0,0,0]")]
    [InlineData("BatchSize", "0")]
    [InlineData("Step", "2000000000")]
    [InlineData("StepHashes", "[null]")]
    [InlineData("Classes", """["a","b"]""")]
    [InlineData("Factor", "\"NaN\"")]
    [InlineData("Settings", "null")]
    public void A_wrong_value_is_refused(string key, string json)
    {
        (JsonNode header, byte[] tensors) = Saved();
        (header["network"]!.AsObject().ContainsKey(key) ? header["network"]! : header["run"]!)[key] = JsonNode.Parse(json);
        Assert.Throws<CheckpointException>(() => Resume(Crafted(header, tensors), CancellationToken.None));
    }

    [Fact]
    public void A_block_nested_too_deep_is_refused()
    {
        (JsonNode header, byte[] tensors) = Saved();
        header["network"]!["Layers"]![0]!["Token"] = string.Concat(Enumerable.Repeat("res(", 4000)) + "relu" + new string(')', 4000);
        Assert.Throws<CheckpointException>(() => Resume(Crafted(header, tensors), CancellationToken.None));
    }

    [Fact]
    public void Missing_tensors_are_refused()
    {
        (JsonNode header, _) = Saved();
        header["tensors"] = new JsonObject();
        Assert.Throws<CheckpointException>(() => Resume(Crafted(header, []), CancellationToken.None));
    }

    private static void Resume(string file, CancellationToken stop)
    {
        TrainingRun run = Trainer.Resume(Checkpoint.Read(file), TinyData.Dataset(), null, null, stop, isTrial: true);
        run.Network.Dispose();
    }

    /// <summary>Changes one value somewhere in a header.</summary>
    private static string Change(JsonNode header, Random random)
    {
        JsonNode node = header;
        while (true)
        {
            JsonNode?[] inner = node switch
            {
                JsonObject members => [.. members.Select(member => member.Value)],
                JsonArray items => [.. items],
                _ => [],
            };
            if (inner.Length > 0 && inner[random.Next(inner.Length)] is { } next and (JsonObject or JsonArray) && random.Next(4) > 0)
            {
                node = next;
                continue;
            }
            if (inner.Length > 0)
            {
                return Change(node, random.Next(inner.Length), random);
            }
            node = header;
        }
    }

    private static string Change(JsonNode parent, int index, Random random)
    {
        string[] values =
        [
            "null",
            "0",
            "-1",
            "1",
            "3",
            "0.5",
            "2147483647",
            "-2147483648",
            "9223372036854775807",
            "1e300",
            "-1e-300",
            "\"NaN\"",
            "\"Infinity\"",
            "\"\"",
            "\"fc2147483647\"",
            "\"res(relu)\"",
            "\"٣\"",
            "[]",
            "{}",
            "[null]",
            "[1,2]",
            "true",
            "\"10675199.02:48:05.4775807\"",
            "\"-1.00:00:00\"",
            "[0,0,0,0,0]",
            "\"cuda\"",
        ];
        JsonNode? value = JsonNode.Parse(values[random.Next(values.Length)]);
        bool isRemoved = random.Next(8) == 0;
        string path = parent.GetPath();
        if (parent is JsonArray items)
        {
            if (isRemoved)
            {
                items.RemoveAt(index);
            }
            else
            {
                items[index] = value;
            }
            return $"{path}[{index}] = {(isRemoved ? "removed" : value?.ToJsonString())}";
        }
        var members = (JsonObject)parent;
        string key = members.ElementAt(index).Key;
        if (isRemoved)
        {
            members.Remove(key);
        }
        else
        {
            members[key] = value;
        }
        return $"{path}.{key} = {(isRemoved ? "removed" : value?.ToJsonString())}";
    }

    /// <summary>Returns a file of the parts that <see cref="Saved"/> took apart, with a right checksum.</summary>
    private string Crafted(JsonNode header, byte[] tensors)
    {
        JsonObject all = new()
        {
            ["__metadata__"] = new JsonObject
            {
                [SafeTensorsWriter.ChecksumKey] = SafeTensorsWriter.NoChecksum,
                [NetworkDocument.Key] = header["network"]?.ToJsonString() ?? "null",
                [CheckpointHeader.Key] = header["run"]?.ToJsonString() ?? "null",
            },
        };
        foreach ((string name, JsonNode? entry) in header["tensors"] as JsonObject ?? [])
        {
            all[name] = entry?.DeepClone();
        }
        string json = all.ToJsonString();
        byte[] prefix = new byte[PrefixLength];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, Encoding.UTF8.GetByteCount(json));
        string checksum = Convert.ToHexStringLower(SHA256.HashData([.. prefix, .. Encoding.UTF8.GetBytes(json), .. tensors]));
        json = json.Replace(SafeTensorsWriter.NoChecksum, checksum, StringComparison.Ordinal);
        File.WriteAllBytes(folder["crafted.checkpoint"], [.. prefix, .. Encoding.UTF8.GetBytes(json), .. tensors]);
        return folder["crafted.checkpoint"];
    }

    private (JsonNode Header, byte[] Tensors) Saved()
    {
        using Network network = TinyData.Network("conv3x3x4-nobias bn relu drop0.3 pool2 res(lrn3) fc3 softmax");
        var settings = new TrainingSettings
        {
            Epochs = 2,
            BatchSize = 8,
            AccumulateBatches = 2,
            MaxSteps = 9,
            Threads = 1,
            Device = "cpu",
            Augmentation = new Augmentation(flip: true, shift: 1),
            Checkpoints = new CheckpointSettings { Path = folder["run"] },
        };
        byte[] file = File.ReadAllBytes(Trainer.Train(network, TinyData.Dataset(), settings).Checkpoint!);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        JsonObject all = JsonNode.Parse(file.AsSpan(PrefixLength, length))!.AsObject();
        JsonNode metadata = all["__metadata__"]!;
        all.Remove("__metadata__");
        var header = new JsonObject
        {
            ["network"] = JsonNode.Parse((string)metadata[NetworkDocument.Key]!),
            ["run"] = JsonNode.Parse((string)metadata[CheckpointHeader.Key]!),
            ["tensors"] = all,
        };
        return (header, file[(PrefixLength + length)..]);
    }
}
