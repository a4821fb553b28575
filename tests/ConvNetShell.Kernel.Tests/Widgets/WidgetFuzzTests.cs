using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Client;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Widgets;

/// <summary>Whatever a front end sends to a slider, the next good move is answered.</summary>
[Collection(OneAtATime.Name)]
public sealed class WidgetFuzzTests(KernelFixture kernel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Names = ["method", "state", "content", "value", "event", "buffer_paths", "_model_name", "outputs"];
    private static readonly string[] Values =
    [
        "null",
        "0",
        "-7",
        "1e308",
        "\"update\"",
        "\"custom\"",
        "\"request_state\"",
        "\"click\"",
        "[]",
        "true",
        "\"\\ud800\"",
    ];

    [Fact]
    public void Messages_of_any_shape_size_and_depth()
    {
        string slider = kernel
            .Run("Show-Slider -Maximum 9 { param($i) \"at $i\" }")
            .First(message => message.Content["data"]?["state"]?["_model_name"]?.GetValue<string>() == "IntSliderModel")
            .Text("comm_id");
        using var client = new KernelClient(kernel.Connection);
        var random = new Random(7);
        for (int i = 0; i < 1500; i++)
        {
            Send(client, slider, Data(random, random.Next(4)));
        }

        Send(client, slider, Nested("{\"state\":", "1", 50));
        Send(client, slider, $"{{\"method\":\"update\",\"state\":{{\"value\":\"{new string('x', 1 << 20)}\"}}}}");
        Send(client, new string('y', 1 << 20), "{\"method\":\"update\",\"state\":{\"value\":1}}");
        client.Ask(Channel.Shell, "kernel_info_request", [], Patience);

        var good = new JsonObject
        {
            ["method"] = "update",
            ["state"] = new JsonObject { ["value"] = 5 },
        };
        string id = kernel.Client.Send(Channel.Shell, "comm_msg", new JsonObject { ["comm_id"] = slider, ["data"] = good });
        Assert.Contains("at 5", kernel.Client.Outputs(id, Patience)[^2].Content.ToJsonString(), StringComparison.Ordinal);
    }

    private static string Data(Random random, int depth) =>
        "{"
        + string.Join(
            ',',
            Enumerable
                .Range(0, random.Next(5))
                .Select(_ =>
                    $"\"{Names[random.Next(Names.Length)]}\":"
                    + (depth > 0 && random.Next(2) == 0 ? Data(random, depth - 1) : Values[random.Next(Values.Length)])
                )
        )
        + "}";

    private static string Nested(string open, string inner, int depth) =>
        string.Concat(Enumerable.Repeat(open, depth)) + inner + new string('}', depth);

    // Names may stand twice, which a JsonObject cannot hold; so the content is written as text.
    private void Send(KernelClient client, string comm, string data)
    {
        byte[][] parts =
        [
            .. new[]
            {
                $"{{\"msg_id\":\"{Guid.NewGuid():N}\",\"msg_type\":\"comm_msg\"}}",
                "{}",
                "{}",
                $"{{\"comm_id\":\"{comm}\",\"data\":{data}}}",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        client.SendFrames(Channel.Shell, ["<IDS|MSG>"u8.ToArray(), new MessageSigner(kernel.Connection.Key).Sign(parts), .. parts]);
    }
}
