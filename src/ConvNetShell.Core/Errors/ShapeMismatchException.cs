namespace ConvNetShell.Core.Errors;

/// <summary>Two shapes that must fit do not: data against a network's input, or a layer against its input.</summary>
/// <param name="what">The object with the wrong shape, for example <c>the dataset 'MNIST'</c>.</param>
/// <param name="expected">The shape, or the kind of shape, that was expected.</param>
/// <param name="received">The shape that came.</param>
public sealed class ShapeMismatchException(string what, string expected, string received)
    : ConvNetException("Shape.Mismatch", $"{what}: expected {expected}. Received: {received}.")
{
    /// <summary>Gets the shape that was expected.</summary>
    public string Expected { get; } = expected;

    /// <summary>Gets the shape that came.</summary>
    public string Received { get; } = received;
}
