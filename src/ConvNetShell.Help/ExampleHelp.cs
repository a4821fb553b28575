namespace ConvNetShell.Help;

/// <summary>An example.</summary>
/// <param name="Code">The line to type.</param>
/// <param name="Output">What it puts out; empty where only the remarks say so.</param>
/// <param name="Remarks">Its effect; empty if the code shows it.</param>
internal sealed record ExampleHelp(string Code, string Output, string Remarks);
