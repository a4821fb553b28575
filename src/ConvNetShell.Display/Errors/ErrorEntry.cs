namespace ConvNetShell.Display.Errors;

/// <summary>An error of the module.</summary>
/// <param name="Id">The stable id, for example <c>Data.Truncated</c>.</param>
/// <param name="Meaning">What is wrong, in a sentence.</param>
/// <param name="Advice">What to do, in a sentence.</param>
public sealed record ErrorEntry(string Id, string Meaning, string Advice);
