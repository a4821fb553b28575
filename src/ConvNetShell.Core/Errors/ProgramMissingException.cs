namespace ConvNetShell.Core.Errors;

/// <summary>A program of the machine that some work needs is not installed, or does not start.</summary>
/// <param name="errorId">The stable identifier, for example <c>Ffmpeg.Missing</c>.</param>
/// <param name="message">The program, and how to install it.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public sealed class ProgramMissingException(string errorId, string message, Exception? innerException = null)
    : ConvNetException(errorId, message, innerException);
