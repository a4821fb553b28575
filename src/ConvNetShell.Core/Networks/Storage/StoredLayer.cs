namespace ConvNetShell.Core.Networks.Storage;

/// <summary>A layer in a file of a network.</summary>
/// <param name="Token">The layer in the specification language.</param>
/// <param name="Name">The name its user gave it, or <see langword="null"/>.</param>
/// <param name="Options">
/// The options that the language cannot say: the layer's own, then those of the layers within it in the order of the text;
/// <see langword="null"/> where the text says everything.
/// </param>
internal sealed record StoredLayer(string Token, string? Name, LayerOptions[]? Options = null);
