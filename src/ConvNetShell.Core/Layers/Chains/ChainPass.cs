using ConvNetShell.Core.Compute;
using ConvNetShell.FusedKernels.Normalization;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.Core.Layers.Chains;

/// <summary>What the gradients of a chain need besides tensors.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Scratch">What the thread works in.</param>
/// <param name="Part">Which part of a batch it is; none for the whole.</param>
/// <param name="Norms">What normalizes the batch: the normalizations of the chain in order.</param>
/// <param name="HasShortcut">Whether something else than the input is the shortcut.</param>
/// <param name="AddsInput">Whether the input itself is the shortcut.</param>
/// <param name="Rectifies">Whether a ReLU follows the sum with the shortcut.</param>
internal sealed record ChainPass(
    ConvChain Chain,
    KernelScratch Scratch,
    BatchPart? Part,
    IReadOnlyList<FusedBatchNorm> Norms,
    bool HasShortcut,
    bool AddsInput,
    bool Rectifies
);
