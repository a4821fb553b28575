namespace ConvNetShell.Help;

/// <summary>What help says of a type that comes in or goes out.</summary>
/// <param name="Name">The name of the type.</param>
/// <param name="Text">The documentation; empty for types of .NET.</param>
internal sealed record TypeHelp(string Name, string Text);
