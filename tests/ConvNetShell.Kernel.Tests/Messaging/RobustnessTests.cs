using System.Management.Automation.Runspaces;
using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Client;
using ConvNetShell.Kernel.Shells;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Messaging;

/// <summary>What must not silence the kernel: a handler that fails, a request nobody knows, a log nobody reads.</summary>
[Collection(OneAtATime.Name)]
public sealed class RobustnessTests(KernelFixture kernel)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0, "history_request", "history_reply", "{\"hist_access_type\":\"search\",\"pattern\":\"[\"}", "WildcardPatternException")]
    [InlineData(0, "no_such_request", "no_such_reply", "{}", "NotSupported")]
    [InlineData(1, "no_such_request", "no_such_reply", "{}", "NotSupported")]
    public void Every_request_gets_its_reply(int channel, string request, string reply, string content, string error)
    {
        WireMessage answer = kernel.Client.Ask((Channel)channel, request, (JsonObject)JsonNode.Parse(content)!, Patience);

        Assert.Equal((reply, "error", error), (answer.Type, answer.Text("status"), answer.Text("ename")));
        Assert.NotEmpty(answer.Text("evalue"));
        Assert.Equal("42", kernel.Result("6 * 7"));
    }

    [Fact]
    public void A_log_that_nobody_reads_holds_up_nothing()
    {
        string folder = Directory.CreateTempSubdirectory("cnsh-log-").FullName;
        using var read = new ManualResetEventSlim();
        List<string> lines = [];
        try
        {
            ConnectionInfo connection = KernelProcess.NewConnection();
            string file = Path.Combine(folder, "connection.json");
            File.WriteAllText(file, connection.ToJson());
            var options = new KernelOptions
            {
                SessionState = InitialSessionState.CreateDefault2(),
                HistoryPath = Path.Combine(folder, "history.jsonl"),
                Log = line =>
                {
                    read.Wait();
                    lines.Add(line);
                },
            };
            using (var silent = new JupyterKernel(file, options))
            using (var client = new KernelClient(connection))
            {
                for (int i = 0; i < 5000; i++)
                {
                    client.SendFrames(Channel.Control, [Encoding.UTF8.GetBytes("nonsense")]);
                }

                Assert.Equal("kernel_info_reply", client.Ask(Channel.Control, "kernel_info_request", [], Patience).Type);
                read.Set();
            }

            Assert.Contains(lines, line => line.Contains("<IDS|MSG>", StringComparison.Ordinal));
            Assert.Contains(
                lines,
                line => line.EndsWith("lines of the log were left out: they came faster than they were read.", StringComparison.Ordinal)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_is_no_connection_file()
    {
        var options = new KernelOptions { SessionState = InitialSessionState.CreateDefault2() };

        Assert.Contains(
            Path.GetTempPath(),
            Assert.Throws<IOException>(() => new JupyterKernel(Path.GetTempPath(), options)).Message,
            StringComparison.Ordinal
        );
    }
}
