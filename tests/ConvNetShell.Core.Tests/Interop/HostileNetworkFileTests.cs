using System.Diagnostics;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Changed ONNX and ConvNetJS files are read or refused by typed errors, quickly and with little memory.</summary>
public sealed class HostileNetworkFileTests
{
    private const long MostBytes = 300_000_000;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("onnx")]
    [InlineData("blocks.onnx")]
    [InlineData("json")]
    [InlineData("js")]
    public void Changed_files_are_read_or_refused(string ending)
    {
        using Network network = SampleNetworks.Make(
            ending == "blocks.onnx" ? "conv3x3x2 res(conv3x3x2 gelu bn) respad(conv3x3x4s2) concat(conv1x1x2 | pool3s1psame | ) fc2"
                : ending == "onnx" ? "conv3x3x2s2 bn leakyrelu gn2 gelu pool2 conv1x1x2 lrn3 globalavg fc3 softmax"
                : "conv3x3x2s2p1 relu pool2 conv1x1x2 lrn3 fc3 drop0.5 fc2 softmax",
            2,
            8,
            8
        );
        using var folder = new TestFolder();
        string path = folder["x." + ending];
        if (ending == "js")
        {
            File.WriteAllText(
                path,
                "// demo\nvar layer_defs = [];\nlayer_defs.push({type:'input', out_sx:8, out_sy:8, out_depth:2});\n"
                    + "layer_defs.push({type:'conv', sx:5, filters:4, stride:1, pad:2, activation:'relu', drop_prob:0.3});\n"
                    + "layer_defs.push({type:'softmax', num_classes:3});\nnet.makeLayers(layer_defs);\n"
            );
        }
        else
        {
            NetworkFormats.ForWriting(path).Write(path, network, new ExportSettings());
        }
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < Mutations.Count; i++)
        {
            byte[] changed = Mutate(whole, random);
            File.WriteAllBytes(path, changed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            try
            {
                NetworkFormats.ForReading(path).Read(path, new ImportSettings()).Dispose();
            }
            catch (NetworkFileException)
            {
                refused++;
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"mutation {i}: {error}\n{Convert.ToBase64String(changed)}");
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, MostTime);
        }

        Assert.InRange(refused, Mutations.Count / 10, Mutations.Count);
    }

    [Theory]
    [InlineData("onnx", "")]
    [InlineData("onnx", "not a model")]
    [InlineData("onnx", "\u003a\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f")] // a graph of 2^63 bytes
    [InlineData("json", "{")]
    [InlineData("json", "{\"layers\":{}}")]
    [InlineData("json", "{\"layers\":[{\"layer_type\":\"\\ud800\"}]}")] // half of a character
    [InlineData("json", "{\"layers\":[{\"layer_type\":\"\u00ff\"}]}")] // no UTF-8
    [InlineData(
        "json",
        "{\"layers\":[{\"layer_type\":\"input\",\"out_sx\":60000,\"out_sy\":60000,\"out_depth\":60000},{\"layer_type\":\"relu\"}]}"
    )]
    public void Broken_files_are_refused(string ending, string content)
    {
        using var folder = new TestFolder();
        string path = folder.File(["x." + ending], Encoding.Latin1.GetBytes(content));

        Assert.Throws<NetworkFileException>(() => NetworkFormats.ForReading(path).Read(path, new ImportSettings()));
    }

    [Fact]
    public void Deep_JSON_is_refused()
    {
        using var folder = new TestFolder();
        string path = folder.File(["x.json"], Encoding.UTF8.GetBytes("{\"layers\":" + new string('[', 100_000)));

        Assert.NotNull(Assert.Throws<NetworkFileException>(() => NetworkFormats.ForReading(path).Read(path, new ImportSettings())).Offset);
    }

    [Fact]
    public void A_truncated_model_is_an_error_with_its_offset()
    {
        using Network network = SampleNetworks.Make("conv3x3x2 fc3", 2, 8, 8);
        using var folder = new TestFolder();
        string path = folder["x.onnx"];
        NetworkFormats.ForWriting(path).Write(path, network, new ExportSettings());
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        NetworkFileException error = Assert.Throws<NetworkFileException>(() =>
            NetworkFormats.ForReading(path).Read(path, new ImportSettings())
        );

        Assert.Equal("NetworkFile.Damaged", error.ErrorId);
        Assert.InRange(error.Offset!.Value, 0, whole.Length / 2);
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (int changes = random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count)).Take(random.Next(1, 30)).ToArray());
                    break;
                default:
                    bytes.InsertRange(at, "9999999999"u8);
                    break;
            }
        }
        return [.. bytes];
    }
}
