namespace ConvNetShell.Core.Errors;

/// <summary>A file is not what its format says: cut short, a wrong magic number, a label outside the classes.</summary>
/// <param name="errorId">The stable identifier, <c>Data.</c> and one of Truncated, WrongMagic, WrongLength, BadLabel, UnsafePath,
/// TooLarge.</param>
/// <param name="path">The file at fault.</param>
/// <param name="message">The expected and the received value.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public sealed class DataFormatException(string errorId, string path, string message, Exception? innerException = null)
    : ConvNetException(errorId, $"{path}: {message}", innerException)
{
    /// <summary>Gets the file at fault.</summary>
    public string Path { get; } = path;
}
