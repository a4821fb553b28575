using ConvNetShell.Core.Compute;
using ConvNetShell.FusedKernels.Winograd;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers;

/// <summary>How a forward pass is meant.</summary>
/// <param name="Training">Whether dropout drops and batch normalization uses the batch.</param>
/// <param name="Random">The stream dropout draws from; needed in training only.</param>
/// <param name="Reduced">Whether convolutions may compute in bfloat16.</param>
/// <param name="Watch">Receives the input and output of each layer, inside blocks too; it must leave both as they
/// are.</param>
/// <param name="Words">The true captions as numbers of words, captions x places, -1 behind the end: the decoder of captions gets the words
/// before each place (teacher forcing). Without them it goes on from its own.</param>
/// <param name="InPlace">Whether the input is the layer's own to overwrite; never where gradients are wanted.</param>
/// <param name="Rectifies">Whether the layer computes the ReLU after it too.</param>
/// <param name="Part">Which part of a batch this is, where threads compute several side by side; none for the whole.</param>
/// <param name="Scratch">What each thread of a convolution of 3x3 pixels may work in; none where all are left to libtorch.</param>
internal readonly record struct ForwardContext(
    bool Training,
    Generator? Random = null,
    bool Reduced = false,
    Action<LayerModule, Tensor, Tensor>? Watch = null,
    Tensor? Words = null,
    bool InPlace = false,
    bool Rectifies = false,
    BatchPart? Part = null,
    KernelScratch[]? Scratch = null
);
