namespace ConvNetShell.Core.Errors;

/// <summary>A layer does not fit its input.</summary>
/// <param name="errorId">The stable identifier: Layer.WrongInput, Layer.KernelTooLarge, Layer.Groups, Layer.Syntax.</param>
/// <param name="layer">The layer, as text.</param>
/// <param name="message">The expected and the received value.</param>
/// <param name="fix">What to change.</param>
public sealed class LayerException(string errorId, string layer, string message, string fix)
    : ConvNetException(errorId, $"{layer}: {message} {fix}")
{
    /// <summary>Gets the layer, as text.</summary>
    public string Layer { get; } = layer;

    /// <summary>Gets the message without the layer's name and the advice.</summary>
    public string Problem { get; } = message;

    /// <summary>Gets what to change.</summary>
    public string Fix { get; } = fix;
}
