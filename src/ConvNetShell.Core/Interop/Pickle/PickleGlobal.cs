namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>A mention of one of <see cref="PickleGlobals"/>.</summary>
/// <param name="Name">The module and the name, with a point between.</param>
internal sealed record PickleGlobal(string Name);
