namespace ConvNetShell.Display.Records.Networks;

/// <summary>How much a finding about a network matters.</summary>
public enum IssueSeverity
{
    /// <summary>Good to know; nothing is to be done.</summary>
    Information,

    /// <summary>The network works, though probably not as it is meant to.</summary>
    Warning,

    /// <summary>The network cannot be made, or cannot be trained on the data.</summary>
    Error,
}
