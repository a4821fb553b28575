using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Kernel;

/// <summary>Ends a kernel whose front end has died, because nobody is left to shut it down.</summary>
internal sealed class ParentWatch : IDisposable
{
    private const string Variable = "JPY_PARENT_PID";
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
        catch (Exception error)
            when (error
                    is ArgumentException
                        or InvalidOperationException
                        or NotSupportedException
                        or System.Runtime.InteropServices.ExternalException
            )
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

    private void Look(Action gone)
    {
        if (parent!.HasExited)
        {
            gone();
        }
    }
}
