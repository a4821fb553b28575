using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Captions;

/// <summary>Where captions stand between two words.</summary>
/// <param name="State">The state, captions x units.</param>
/// <param name="Memory">The cell of the LSTM, captions x units.</param>
internal readonly record struct CaptionState(Tensor State, Tensor Memory);
