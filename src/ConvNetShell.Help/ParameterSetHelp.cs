namespace ConvNetShell.Help;

/// <summary>A way to call a cmdlet.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Parameters">Its parameters, those with a position first.</param>
internal sealed record ParameterSetHelp(string Name, IReadOnlyList<ParameterHelp> Parameters);
