using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Messaging;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Messaging;

/// <summary>Every request gets its reply and the state idle, whatever its handler does.</summary>
public sealed class ResponderTests : IWire
{
    private const int Header = 3,
        Content = 6; // after the topic or identity, the delimiter and the signature
    private readonly List<string> sent = [];
    private readonly List<string> log = [];
    private readonly Responder responder;

    public ResponderTests() =>
        responder = new Responder(new FrontEnd(this, new WireFormat(new MessageSigner("key"), "session")), () => { }, log.Add);

    void IWire.Send(Channel channel, List<byte[]> frames)
    {
        JsonNode content = JsonNode.Parse(frames[Content])!;
        string type = JsonNode.Parse(frames[Header])!["msg_type"]!.GetValue<string>();
        sent.Add($"{channel} {type} {content["execution_state"] ?? content["status"]} {content["ename"]}".TrimEnd());
    }

    [Theory]
    [InlineData("history_request", "Shell history_reply error InvalidOperationException")]
    [InlineData("execute_request", "Shell execute_reply error InvalidOperationException", "Iopub error  InvalidOperationException")]
    [InlineData("comm_open")]
    public void A_handler_that_fails_ends_in_a_reply_with_status_error_and_in_idle(string type, params string[] expected)
    {
        responder.Answer(Request(type), _ => throw new InvalidOperationException("broken"));

        Assert.Equal(["Iopub status busy", .. expected, "Iopub status idle"], sent);
        Assert.Contains("broken", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_nobody_handles_is_refused_between_busy_and_idle()
    {
        responder.Answer(Request("no_such_request"), responder.Refuse);

        Assert.Equal(["Iopub status busy", "Shell no_such_reply error NotSupported", "Iopub status idle"], sent);
    }

    private static WireMessage Request(string type) =>
        new(Channel.Shell, [Encoding.UTF8.GetBytes("client")], "{}"u8.ToArray(), type, "id", [], []);
}
