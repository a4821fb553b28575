namespace ConvNetShell.Display.Records.Traces;

/// <summary>What a unit of a layer makes of the values it reads.</summary>
public enum LayerRuleKind
{
    /// <summary>It is a pixel: the byte, normalized.</summary>
    Image,

    /// <summary>The sum of products over a window of some channels, and a bias.</summary>
    Products,

    /// <summary>The largest value of a window of its channel.</summary>
    Largest,

    /// <summary>The mean of a window of its channel, zeros of the padding included.</summary>
    Mean,

    /// <summary>A function of the value at its own position.</summary>
    Function,

    /// <summary>The value with its own index.</summary>
    Same,

    /// <summary>Its exponential divided by the sum of all.</summary>
    Softmax,

    /// <summary>Minus half of the squared distance of all values from a code.</summary>
    Codes,

    /// <summary>The sum of several layers at its own position.</summary>
    Sum,

    /// <summary>A value of one of several layers, whose channels follow one another.</summary>
    Branch,

    /// <summary>Something else, which a page does not follow.</summary>
    Unknown,
}
