using System.Globalization;
using System.Text;

namespace ConvNetShell.Core.Training.Storage;

/// <summary>Changes a file every two seconds as long as this process works; removed with the object.</summary>
internal sealed class Heartbeat : IDisposable
{
    /// <summary>The time from one change to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The time without a change after which the process is taken for dead.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly string path;
    private readonly Lock gate = new();
    private readonly Timer timer;
    private long count;
    private bool isDisposed;

    /// <summary>Initializes a new instance of the <see cref="Heartbeat"/> class and makes the file.</summary>
    /// <param name="path">The file.</param>
    public Heartbeat(string path)
    {
        this.path = path;
        Beat();
        timer = new Timer(_ => TryBeat(), null, Interval, Interval);
    }

    /// <summary>Returns whether a file has changed lately, by the clock of this machine.</summary>
    /// <param name="path">The file.</param>
    /// <returns>False also where there is no file.</returns>
    public static bool IsFresh(string path) => File.Exists(path) && (DateTime.UtcNow - File.GetLastWriteTimeUtc(path)).Duration() < Timeout;

    /// <inheritdoc />
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            isDisposed = true;
            try
            {
                File.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // What stays behind is old in half a minute.
            }
        }
    }

    private void TryBeat()
    {
        lock (gate)
        {
            try
            {
                if (!isDisposed)
                {
                    Beat();
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A full disk or a removed folder: the next beat may succeed.
            }
        }
    }

    /// <summary>Writes a number that grows: a reader with another clock sees the change.</summary>
    private void Beat() => File.WriteAllBytes(path, Encoding.ASCII.GetBytes((++count).ToString(CultureInfo.InvariantCulture)));
}
