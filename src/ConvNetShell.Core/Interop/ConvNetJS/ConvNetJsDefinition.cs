namespace ConvNetShell.Core.Interop.ConvNetJS;

/// <summary>One entry of ConvNetJS' layer_defs.</summary>
/// <param name="Type">The type, for example conv.</param>
/// <param name="Numbers">The settings.</param>
internal sealed record ConvNetJsDefinition(string Type, params IReadOnlyList<(string Name, double Value)> Numbers);
