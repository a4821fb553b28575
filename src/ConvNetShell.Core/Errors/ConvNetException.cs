using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Errors;

/// <summary>
/// Base of every error ConvNetShell reports on purpose. The message names what was expected and, after
/// <c>Received:</c>, what came; <see cref="ErrorId"/> is stable, so that scripts can tell errors apart.
/// </summary>
/// <param name="errorId">The stable identifier, for example <c>Data.Truncated</c>.</param>
/// <param name="message">What was expected and what came.</param>
/// <param name="innerException">The cause, if another error led here.</param>
public abstract class ConvNetException(string errorId, string message, Exception? innerException = null)
    : Exception(VisibleText.OfLines(message), innerException)
{
    /// <summary>Gets the stable identifier of this kind of error, such as <c>Data.Truncated</c>.</summary>
    public string ErrorId { get; } = errorId;

    /// <summary>Returns this error with another name for the setting it is about, as a prompt writes it: <c>-LearningRate</c>.</summary>
    /// <param name="rename">Returns the other name for a setting's name.</param>
    /// <returns>The error; this one where it names no setting.</returns>
    public virtual ConvNetException Renamed(Func<string, string> rename) => this;
}
