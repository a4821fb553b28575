namespace ConvNetShell.Core.Errors;

/// <summary>A file or folder cannot be written: no permission, no room, or something is already there.</summary>
/// <param name="errorId">The stable identifier, <c>Storage.</c> and one of Unwritable, Full, NotEmpty, Exists, InUse.</param>
/// <param name="path">The file or folder that was to be written.</param>
/// <param name="message">The expected value, the received value, and the remedy.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public sealed class StorageException(string errorId, string path, string message, Exception? innerException = null)
    : ConvNetException(errorId, $"{path}: {message}", innerException)
{
    /// <summary>Gets the file or folder that was to be written.</summary>
    public string Path { get; } = path;
}
