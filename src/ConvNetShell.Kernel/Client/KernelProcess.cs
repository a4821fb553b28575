using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Spec;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Client;

/// <summary>A kernel in a process of its own, started as a front end starts it.</summary>
internal sealed class KernelProcess : IDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly string file = Path.GetTempFileName();
    private readonly StringBuilder errors = new();

    private KernelProcess(string folder)
    {
        Connection = NewConnection();
        File.WriteAllText(file, Connection.ToJson());
        (IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment) = KernelSpec.Read(folder, file);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Client = new KernelClient(Connection);
    }

    /// <summary>The addresses and the key.</summary>
    public ConnectionInfo Connection { get; }

    /// <summary>A front end that is connected to it.</summary>
    public KernelClient Client { get; }

    /// <summary>Its standard error so far.</summary>
    public string Errors => errors.ToString().Trim();

    /// <summary>True when it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Starts the kernel of a folder.</summary>
    public static KernelProcess Start(string folder) => new(folder);

    /// <summary>An address on this machine with free ports and a fresh key.</summary>
    public static ConnectionInfo NewConnection()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
        {
            listener.Start();
        }

        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
        {
            listener.Stop();
        }

        return new ConnectionInfo
        {
            ShellPort = ports[0],
            ControlPort = ports[1],
            IopubPort = ports[2],
            StdinPort = ports[3],
            HeartbeatPort = ports[4],
            Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        };
    }

    /// <summary>Ends the kernel: asks it first, and ends the process where it does not go.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            Client.Send(Channel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
            if (!process.WaitForExit(Goodbye))
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Client.Dispose();
        process.Dispose();
        File.Delete(file);
    }
}
