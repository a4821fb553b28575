namespace ConvNetShell.Core.Training.Settings;

/// <summary>The loss of a training.</summary>
public enum LossKind
{
    /// <summary>The cross-entropy of a classifier: an output for each class.</summary>
    CrossEntropy,

    /// <summary>
    /// An image is nearer to one of its class than to one of another, by a margin (Schroff et al., arXiv 1503.03832, with their
    /// semi-hard triplets of each batch).
    /// </summary>
    Triplet,

    /// <summary>
    /// The cross-entropy of the angles to one direction a class, the own angle enlarged by a margin (Deng et al., arXiv 1801.07698). The
    /// directions belong to the loss, not to the network.
    /// </summary>
    ArcFace,

    /// <summary>Pairs of a class are drawn together, others pushed apart up to a margin (Hadsell et al., 2006).</summary>
    Contrastive,

    /// <summary>
    /// The cross-entropy of each word of a caption, given the true words before it (teacher forcing); for a network that ends in a decoder
    /// of captions (Vinyals et al., arXiv 1411.4555).
    /// </summary>
    Caption,
}
