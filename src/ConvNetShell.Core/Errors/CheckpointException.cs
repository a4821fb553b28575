namespace ConvNetShell.Core.Errors;

/// <summary>A checkpoint cannot be used: damaged, of another network, or of data that changed since.</summary>
/// <param name="errorId">The stable identifier, <c>Checkpoint.</c> and one of NotFound, Unreadable, Unknown, Damaged, OtherNetwork,
/// OtherData.</param>
/// <param name="path">The file or folder.</param>
/// <param name="message">The expected value, the received value, and the remedy.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public sealed class CheckpointException(string errorId, string path, string message, Exception? innerException = null)
    : ConvNetException(errorId, $"{path}: {message}", innerException)
{
    /// <summary>Gets the file or folder.</summary>
    public string Path { get; } = path;
}
