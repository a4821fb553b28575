namespace ConvNetShell.Core.Errors;

/// <summary>A dataset is neither on this machine nor to be downloaded.</summary>
/// <param name="dataset">The dataset's name.</param>
/// <param name="message">Where it was looked for, and what to do.</param>
/// <param name="innerException">The cause, for example the failed download.</param>
public sealed class DatasetUnavailableException(string dataset, string message, Exception? innerException = null)
    : ConvNetException("Dataset.Unavailable", message, innerException)
{
    /// <summary>Gets the name of the dataset.</summary>
    public string Dataset { get; } = dataset;
}
