namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>A layer in a checkpoint.</summary>
/// <param name="Token">The layer in the specification language.</param>
/// <param name="Name">The name its user gave it, or <see langword="null"/>.</param>
internal sealed record CheckpointLayer(string Token, string? Name);
