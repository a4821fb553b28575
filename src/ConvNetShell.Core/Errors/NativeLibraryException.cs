namespace ConvNetShell.Core.Errors;

/// <summary>The native half of torch could not be opened.</summary>
/// <param name="library">The library's full path.</param>
/// <param name="message">The missing library, and the remedy.</param>
/// <param name="innerException">The system's own exception.</param>
public sealed class NativeLibraryException(string library, string message, Exception? innerException = null)
    : ConvNetException("Native.NotLoaded", message, innerException)
{
    /// <summary>Gets the library's full path.</summary>
    public string Library { get; } = library;
}
