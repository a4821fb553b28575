using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Shells;

/// <summary>The shells of a kernel: the main one, and the subshells by their ids (JEP 91).</summary>
internal sealed class ShellSet : IDisposable
{
    private const int Most = 64,
        StackBytes = 10_000_000; // as PowerShell's own threads have
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ShellContext context;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Shell> subshells = new(StringComparer.Ordinal);
    private readonly List<Thread> threads = [];

    public ShellSet(ShellContext context)
    {
        this.context = context;
        Main = new Shell(context);
    }

    /// <summary>Gets the main shell.</summary>
    public Shell Main { get; }

    /// <summary>Gets the ids of the subshells.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (gate)
            {
                return [.. subshells.Keys];
            }
        }
    }

    /// <summary>Makes a subshell; returns at once, while its session is still opened.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public string Create()
    {
        string id = Guid.NewGuid().ToString();
        var shell = new Shell(context, Main) { IsSharing = true };
        lock (gate)
        {
            if (subshells.Count == Most)
            {
                throw new InvalidOperationException($"A kernel has at most {Most} subshells. Delete one first.");
            }

            Main.IsSharing = true;
            subshells.Add(id, shell);
            var thread = new Thread(() => Run(id, shell), StackBytes) { IsBackground = true, Name = $"ConvNetShell subshell {id}" };
            threads.RemoveAll(each => !each.IsAlive);
            threads.Add(thread);
            thread.Start();
        }

        return id;
    }

    /// <summary>Ends a subshell: its cell is stopped, and the requests that wait are refused.</summary>
    /// <returns>False where there is none with this id.</returns>
    public bool Delete(string id)
    {
        Shell? shell;
        lock (gate)
        {
            if (!subshells.Remove(id, out shell))
            {
                return false;
            }
        }

        shell.Stop();
        return true;
    }

    /// <summary>Hands a request to the shell that it names.</summary>
    /// <returns>False where there is none.</returns>
    public bool Add(WireMessage request)
    {
        lock (gate)
        {
            Shell? shell = request.SubshellId is null ? Main : subshells.GetValueOrDefault(request.SubshellId);
            shell?.Add(request);
            return shell is not null;
        }
    }

    /// <summary>Stops the cells of all shells.</summary>
    public void Interrupt() => All().ForEach(shell => shell.Interrupt());

    /// <summary>Ends all shells.</summary>
    public void Stop() => All().ForEach(shell => shell.Stop());

    /// <summary>Waits for the subshells' ends; one that cannot be stopped ends with the process.</summary>
    public void Join()
    {
        Thread[] running;
        lock (gate)
        {
            running = [.. threads];
        }

        long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        foreach (Thread thread in running)
        {
            thread.Join((int)Math.Max(end - Environment.TickCount64, 0));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Main.Dispose();

    private List<Shell> All()
    {
        lock (gate)
        {
            return [Main, .. subshells.Values];
        }
    }

    private void Run(string id, Shell shell)
    {
        try
        {
            shell.Run();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            context.Log($"subshell {id}: {error}");
            Delete(id);
        }

        foreach (WireMessage request in shell.Rest())
        {
            context.Responder.Answer(request, context.Responder.RefuseSubshell);
        }
    }
}
