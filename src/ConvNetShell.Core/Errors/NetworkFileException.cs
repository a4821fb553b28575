using System.Globalization;

namespace ConvNetShell.Core.Errors;

/// <summary>A file of a network cannot be read: damaged, of another format, unsafe, or for another network.</summary>
/// <param name="errorId">The stable identifier, <c>NetworkFile.</c> and one of NotFound, Unreadable, Truncated, Damaged, Unknown, TooLarge,
/// Unsafe, Unsupported, Mismatch.</param>
/// <param name="path">The file.</param>
/// <param name="message">The expected value, the received value, and the remedy.</param>
/// <param name="offset">The byte of the file at fault, from 0; <see langword="null"/> where the file as a whole is.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public sealed class NetworkFileException(string errorId, string path, string message, long? offset = null, Exception? innerException = null)
    : ConvNetException(errorId, $"{path}{At(offset)}: {message}", innerException)
{
    /// <summary>Gets the file.</summary>
    public string Path { get; } = path;

    /// <summary>Gets the byte of the file at fault, from 0; <see langword="null"/> where the file as a whole is.</summary>
    public long? Offset { get; } = offset;

    private static string At(long? offset) => offset is { } at ? string.Create(CultureInfo.InvariantCulture, $", byte {at}") : string.Empty;
}
