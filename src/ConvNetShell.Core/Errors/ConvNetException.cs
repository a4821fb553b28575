namespace ConvNetShell.Core.Errors;

/// <summary>
/// Base of every error ConvNetShell reports on purpose. The message names what was expected and, after
/// <c>Received:</c>, what came; <see cref="ErrorId"/> is stable, so that scripts can tell errors apart.
/// </summary>
/// <param name="errorId">The stable identifier, for example <c>Data.Truncated</c>.</param>
/// <param name="message">What was expected and what came.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public abstract class ConvNetException(string errorId, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Gets the stable identifier of this kind of error, such as <c>Data.Truncated</c>.</summary>
    public string ErrorId { get; } = errorId;
}
