using ConvNetShell.Core.Layers;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>A layer that was read, with its weights by the names that its module has.</summary>
internal sealed record OnnxLayer(LayerSpec Spec, params IReadOnlyList<(string Parameter, Tensor Value)> Weights);
