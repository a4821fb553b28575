using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Client;
using ConvNetShell.Kernel.Commands;
using ConvNetShell.Kernel.Shells;
using ConvNetShell.Kernel.Tests.Support;
using ConvNetShell.Kernel.Wire;

[assembly: AssemblyFixture(typeof(KernelFixture))]

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>A kernel in this process, without the module, and a client that is connected to it.</summary>
public sealed class KernelFixture : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string folder = Directory.CreateTempSubdirectory("cnsh-kernel-").FullName;
    private readonly JupyterKernel kernel;
    private readonly Thread thread;

    public KernelFixture()
    {
        Connection = KernelProcess.NewConnection();
        string file = Path.Combine(folder, "connection.json");
        File.WriteAllText(file, Connection.ToJson());
        kernel = new JupyterKernel(
            file,
            new KernelOptions
            {
                SessionState = State(),
                HistoryPath = Path.Combine(folder, "history.jsonl"),
                WorkingDirectory = folder,
                Log = Log.Enqueue,
            }
        );
        thread = new Thread(kernel.Run) { IsBackground = true };
        thread.Start();
        Client = new KernelClient(Connection);
        Client.Ask(Channel.Shell, "kernel_info_request", [], Patience);
    }

    internal ConnectionInfo Connection { get; }

    internal KernelClient Client { get; }

    /// <summary>The kernel's log.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Runs a cell and returns what was said of it.</summary>
    internal IReadOnlyList<WireMessage> Run(string code)
    {
        string id = Client.Send(Channel.Shell, "execute_request", new JsonObject { ["code"] = code, ["allow_stdin"] = false });
        return Client.Outputs(id, Patience);
    }

    private static InitialSessionState State()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        foreach (
            (string name, Type type) in new[] { ("Show-Slider", typeof(ShowSliderCommand)), ("Show-Button", typeof(ShowButtonCommand)) }
        )
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        }

        return state;
    }

    /// <summary>Runs a cell and returns its result.</summary>
    internal string? Result(string code) =>
        Run(code).FirstOrDefault(message => message.Type == "execute_result")?.Content["data"]?["text/plain"]?.GetValue<string>();

    public void Dispose()
    {
        kernel.Stop();
        thread.Join();
        Client.Dispose();
        kernel.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
