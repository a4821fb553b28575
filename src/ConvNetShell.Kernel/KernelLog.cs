using System.Globalization;
using System.Threading.Channels;

namespace ConvNetShell.Kernel;

/// <summary>
/// Writes the log on a thread of its own: a front end that does not read standard error must never hold up the sockets.
/// Lines that do not fit into the queue are left out, and counted.
/// </summary>
internal sealed class KernelLog : IDisposable
{
    private const int Capacity = 1000;
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);
    private readonly Channel<string> lines;
    private readonly Thread writer;
    private long leftOut;

    /// <param name="write">Writes a line; it may block.</param>
    public KernelLog(Action<string> write)
    {
        this.lines = System.Threading.Channels.Channel.CreateBounded<string>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
            _ => Interlocked.Increment(ref leftOut)
        );
        writer = new Thread(() => Write(write)) { IsBackground = true, Name = "ConvNetShell log" };
        writer.Start();
    }

    /// <summary>Adds a line; returns at once.</summary>
    public void Add(string line) => this.lines.Writer.TryWrite(line);

    /// <summary>Waits a moment for the lines that are still to be written.</summary>
    public void Dispose()
    {
        this.lines.Writer.TryComplete();
        writer.Join(Goodbye);
    }

    private void Write(Action<string> write)
    {
        while (this.lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (this.lines.Reader.TryRead(out string? line))
            {
                Write(write, line);
                if (Interlocked.Exchange(ref leftOut, 0) is > 0 and var count)
                {
                    Write(
                        write,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{count} lines of the log were left out: they came faster than they were read."
                        )
                    );
                }
            }
        }
    }

    private static void Write(Action<string> write, string line)
    {
        try
        {
            write(line);
        }
        catch (IOException)
        {
            // Standard error is closed: nobody can read the message.
        }
    }
}
