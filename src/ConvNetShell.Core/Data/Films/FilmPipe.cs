using System.IO.Pipes;

namespace ConvNetShell.Core.Data.Films;

/// <summary>A pipe that ffmpeg writes to and this process reads: what is decoded needs no file.</summary>
internal sealed class FilmPipe : IDisposable
{
    private const int BlockSize = 1 << 16;

    private readonly NamedPipeServerStream server;

    /// <summary>Initializes a new instance of the <see cref="FilmPipe"/> class.</summary>
    /// <param name="folder">A folder that only this user may open, for the sockets that stand for pipes outside Windows.</param>
    /// <param name="name">The pipe's name.</param>
    public FilmPipe(string folder, string name)
    {
        string own = OperatingSystem.IsWindows() ? $"{Path.GetFileName(folder)}-{name}" : Path.Combine(folder, name);
        Address = OperatingSystem.IsWindows() ? $@"\\.\pipe\{own}" : $"unix:{own}";
        server = new NamedPipeServerStream(
            own,
            PipeDirection.In,
            maxNumberOfServerInstances: 1,
            PipeTransmissionMode.Byte,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly
        );
    }

    /// <summary>Gets the address for ffmpeg.</summary>
    public string Address { get; }

    /// <summary>Reads all that ffmpeg writes.</summary>
    /// <param name="onRead">Receives how many bytes have come so far.</param>
    /// <param name="failed">Ends the wait for an ffmpeg that failed before it opened the pipe.</param>
    /// <returns>The bytes.</returns>
    public async Task<byte[]> ReadAll(Action<long> onRead, CancellationToken failed)
    {
        await server.WaitForConnectionAsync(failed).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var block = new byte[BlockSize];
        while (await server.ReadAsync(block, failed).ConfigureAwait(false) is > 0 and var count)
        {
            bytes.Write(block, 0, count);
            onRead(bytes.Length);
        }
        return bytes.ToArray();
    }

    /// <inheritdoc />
    public void Dispose() => server.Dispose();
}
