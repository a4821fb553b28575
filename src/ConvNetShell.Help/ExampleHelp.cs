namespace ConvNetShell.Help;

/// <summary>An example.</summary>
/// <param name="Code">The line to type.</param>
/// <param name="Remarks">Its effect; empty if the code shows it.</param>
internal sealed record ExampleHelp(string Code, string Remarks);
