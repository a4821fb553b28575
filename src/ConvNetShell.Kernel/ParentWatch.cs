using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ConvNetShell.Kernel;

/// <summary>Ends a kernel whose front end has died, because nobody is left to shut it down.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    private const string Variable = "JPY_PARENT_PID";
    private const int FirstProcess = 1; // adopts those whose parent has died
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly Process? parent;
    private readonly Timer? timer;

    /// <param name="gone">Called when the front end has ended.</param>
    public ParentWatch(Action gone)
    {
        if (
            !int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            || id <= 1
        )
        {
            return;
        }

        try
        {
            parent = Process.GetProcessById(id);
            _ = parent.StartTime; // distinguishes it from a later process with the same id
            timer = new Timer(_ => Look(gone), null, Every, Every);
        }
        catch (ArgumentException) when (!OperatingSystem.IsWindows() && ParentId() == FirstProcess)
        {
            timer = new Timer(_ => gone(), null, Every, Timeout.InfiniteTimeSpan); // it died while the kernel was starting
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException or ExternalException)
        {
            // It cannot be seen from here, as in a container of its own: then it is not watched.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        parent?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    private void Look(Action gone)
    {
        if (parent!.HasExited)
        {
            gone();
        }
    }
}
