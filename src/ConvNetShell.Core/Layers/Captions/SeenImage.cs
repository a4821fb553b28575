using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Captions;

/// <summary>What the decoder keeps of images.</summary>
/// <param name="Vector">The whole image, images x units: the first input of the recurrent layer, and beside its states.</param>
/// <param name="Keys">What a state is compared to at each position, images x positions x units; <see langword="null"/> without attention.
/// </param>
/// <param name="Values">What is read at each position, images x positions x units; <see langword="null"/> without attention.</param>
internal readonly record struct SeenImage(Tensor Vector, Tensor? Keys, Tensor? Values);
