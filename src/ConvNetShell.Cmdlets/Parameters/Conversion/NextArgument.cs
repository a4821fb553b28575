namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>The first parameter when the network comes by pipe, so that a first argument need not be a network.</summary>
public enum NextArgument
{
    /// <summary>Nothing: a word is a preset's name.</summary>
    None,

    /// <summary>A layer or an image: a word is a preset's name only where a preset has it.</summary>
    LayerOrImage,

    /// <summary>A dataset: a word is a preset's name only where a preset has it and no known dataset.</summary>
    Dataset,
}
