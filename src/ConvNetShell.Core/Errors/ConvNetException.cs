using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Errors;

/// <summary>
/// The base of ConvNetShell's own errors. The message names the expected value and, after
/// <c>Received:</c>, the received one; <see cref="ErrorId"/> is stable, so that scripts can distinguish errors.
/// </summary>
/// <param name="errorId">The stable identifier, for example <c>Data.Truncated</c>.</param>
/// <param name="message">The expected and the received value.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public abstract class ConvNetException(string errorId, string message, Exception? innerException = null)
    : Exception(VisibleText.OfLines(message), innerException)
{
    /// <summary>Gets the stable identifier of this kind of error, for example <c>Data.Truncated</c>.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>Returns this error with another name for the setting it is about, as a prompt writes it: <c>-LearningRate</c>.</summary>
    /// <param name="rename">Returns the other name for a setting's name.</param>
    /// <returns>The error; this one where it names no setting.</returns>
    public virtual ConvNetException Renamed(Func<string, string> rename) => this;
}
