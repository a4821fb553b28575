namespace ConvNetShell.Help;

/// <summary>An example.</summary>
/// <param name="Code">What is typed.</param>
/// <param name="Remarks">What it does; empty where the code says it.</param>
internal sealed record ExampleHelp(string Code, string Remarks);
