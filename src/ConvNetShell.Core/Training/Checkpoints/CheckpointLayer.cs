namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>A layer in a checkpoint.</summary>
/// <param name="Token">The layer in the specification language.</param>
/// <param name="Name">The name its user gave it, or <see langword="null"/>.</param>
/// <param name="Options">
/// The options that the language cannot say: the layer's own, then those of the layers within it in the order of the text;
/// <see langword="null"/> in checkpoints of earlier versions.
/// </param>
internal sealed record CheckpointLayer(string Token, string? Name, LayerOptions[]? Options = null);
