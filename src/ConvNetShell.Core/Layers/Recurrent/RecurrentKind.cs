namespace ConvNetShell.Core.Layers.Recurrent;

/// <summary>The step of a recurrent layer, from the input x and its state h (and c).</summary>
public enum RecurrentKind
{
    /// <summary>h = tanh(W x + b + U h + d) (Elman, 1990).</summary>
    RNN,

    /// <summary>
    /// Gated recurrent unit (Cho et al., arXiv 1406.1078), with the reset gate after the product as cuDNN and libtorch have it:
    /// r, z = sigmoid(W x + b + U h + d); n = tanh(W x + b + r (U h + d)); h = (1 - z) n + z h.
    /// </summary>
    GRU,

    /// <summary>
    /// Long short-term memory (Hochreiter and Schmidhuber, 1997; with forget gate, Gers et al., 2000):
    /// i, f, o = sigmoid(W x + b + U h + d); g = tanh(W x + b + U h + d); c = f c + i g; h = o tanh(c).
    /// </summary>
    LSTM,
}
