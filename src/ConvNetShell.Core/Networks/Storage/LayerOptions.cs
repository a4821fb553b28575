using ConvNetShell.Core.Layers.Initializers;

namespace ConvNetShell.Core.Networks.Storage;

/// <summary>The options of a layer that the specification language cannot say; <see langword="null"/> where it has none.</summary>
/// <param name="Name">The name its user gave it.</param>
/// <param name="Initializer">The method by which its weights began.</param>
/// <param name="InitialScale">The scale of that method.</param>
/// <param name="Alpha">The factor of a local response normalization.</param>
/// <param name="Beta">The exponent of one.</param>
/// <param name="K">The constant of one.</param>
/// <param name="Inputs">The number of inputs that a dense layer must have.</param>
internal sealed record LayerOptions(
    string? Name = null,
    InitializerKind? Initializer = null,
    double? InitialScale = null,
    double? Alpha = null,
    double? Beta = null,
    double? K = null,
    int? Inputs = null
);
