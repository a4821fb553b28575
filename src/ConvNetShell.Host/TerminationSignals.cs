using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace ConvNetShell.Host;

/// <summary>
/// Ends the program in order at SIGTERM and SIGHUP, which PowerShell's console host leaves to the runtime. The running command is stopped
/// by the console
/// host's own Ctrl+C, so that a training saves its run and finally blocks run; then the process ends with 128 + the signal. A command that
/// cannot be
/// stopped is given up after 20 s in all, before those who send the signal lose patience (Slurm after 30 s). A second signal ends the
/// process at once,
/// unless it comes within a second: GNU timeout signals the program and then its whole group.
/// </summary>
internal sealed partial class TerminationSignals : IDisposable
{
    private const int SigHup = 1,
        SigInt = 2,
        SigTerm = 15;
    private const int SameSignal = 1000; // ms
    private static readonly TimeSpan PromptPatience = TimeSpan.FromSeconds(1),
        CommandPatience = TimeSpan.FromSeconds(10),
        Patience = TimeSpan.FromSeconds(10);
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly bool hasPrompt;
    private long signalledAt;

    /// <summary>Begins to listen.</summary>
    /// <param name="hasPrompt">Whether the console host waits for input after a command; else it ends with the command.</param>
    public TerminationSignals(bool hasPrompt)
    {
        this.hasPrompt = hasPrompt;
        if (!OperatingSystem.IsWindows())
        {
            registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, SigTerm)));
            registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => End(context, SigHup)));
        }
    }

    /// <summary>Gets 128 + the signal that ends the program; <see langword="null"/> while none came.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void End(PosixSignalContext context, int signal)
    {
        long now = Environment.TickCount64,
            first = Interlocked.CompareExchange(ref signalledAt, now, 0);
        context.Cancel = first == 0 || now - first < SameSignal;
        if (first == 0)
        {
            ExitCode = 128 + signal;
            _ = Kill(Environment.ProcessId, SigInt);
            Thread.Sleep(hasPrompt ? PromptPatience : CommandPatience); // without a prompt the process ends meanwhile by itself
            Task.Run(CloseRunspaces).Wait(Patience); // reached without a prompt where SIGINT is ignored, as in a shell's background
            Environment.Exit(ExitCode.Value);
        }
    }

    /// <summary>Closes all runspaces; each waits for the end of its command.</summary>
    private static void CloseRunspaces()
    {
        using PowerShell shell = PowerShell.Create();
        Runspace own = shell.Runspace;
        Parallel.ForEach(
            shell.AddCommand("Get-Runspace").Invoke<Runspace>().Where(runspace => runspace.InstanceId != own.InstanceId),
            runspace => runspace.Close()
        );
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
