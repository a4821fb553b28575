using System.Diagnostics;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Client;

/// <summary>Starts a kernel, runs cells and measures.</summary>
internal static class KernelTrial
{
    /// <summary>The code of the cell.</summary>
    public const string Cell = "6 * 7";

    /// <summary>Its result.</summary>
    public const string Expected = "42";

    private const int Rounds = 20;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries the kernel of a folder.</summary>
    public static KernelTestResult Run(string name, string folder, TimeSpan patience, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan ready = default,
            first = default,
            roundTrip = default;
        using var kernel = KernelProcess.Start(folder);
        try
        {
            Await(kernel, patience, cancellation);
            ready = watch.Elapsed;
            string result = RunCell(kernel.Client, patience);
            first = watch.Elapsed;
            roundTrip = Enumerable.Range(0, Rounds).Select(_ => Time(() => RunCell(kernel.Client, patience))).Order().ElementAt(Rounds / 2);
            return new KernelTestResult(name, result == Expected, ready, first, roundTrip, $"{Cell} = {result}", folder);
        }
        catch (Exception error) when (error is TimeoutException or InvalidDataException)
        {
            return new KernelTestResult(name, false, ready, first, roundTrip, $"{error.Message} {kernel.Errors}".Trim(), folder);
        }
    }

    private static void Await(KernelProcess kernel, TimeSpan patience, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                kernel.Client.Ask(Channel.Shell, "kernel_info_request", [], patience < Step ? patience : Step);
                return;
            }
            catch (TimeoutException) when (!kernel.HasExited && watch.Elapsed < patience)
            {
                // It is still starting.
            }
        }
    }

    private static string RunCell(KernelClient client, TimeSpan patience)
    {
        string id = client.Send(
            Channel.Shell,
            "execute_request",
            new JsonObject
            {
                ["code"] = Cell,
                ["silent"] = false,
                ["store_history"] = false,
                ["allow_stdin"] = false,
            }
        );
        WireMessage? result = client.Outputs(id, patience).FirstOrDefault(message => message.Type is "execute_result" or "error");
        return result?.Content["data"]?["text/plain"]?.GetValue<string>() ?? result?.Text("evalue") ?? "nothing";
    }

    private static TimeSpan Time(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin);
    }
}
