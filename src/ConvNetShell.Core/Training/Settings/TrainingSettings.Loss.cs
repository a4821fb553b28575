namespace ConvNetShell.Core.Training.Settings;

/// <content>The loss, and the batches it needs.</content>
public sealed partial record TrainingSettings
{
    private const double TripletMargin = 0.2,
        ArcFaceMargin = 0.3,
        ContrastiveMargin = 1,
        ArcFaceScale = 30;
    private const int PairedImages = 4;

    /// <summary>
    /// Gets the loss: CrossEntropy for a classifier; Triplet, ArcFace or Contrastive for an embedding, in which images of one class are
    /// near each other, also of classes that were never seen; Caption for a network that describes images, whose accuracy is the
    /// fraction of words that are right, the words before them given. An embedding is validated by verification: the accuracy is that
    /// of pairs (same class or not) at the best threshold, 0.5 being chance, and the loss is 1 minus the area under the ROC curve.
    /// Default: CrossEntropy, or the preset's.
    /// </summary>
    [Setting(SettingGroup.Loss, Default = "CrossEntropy, or the preset's")]
    public LossKind Loss { get; init; }

    /// <summary>
    /// Gets the margin of an embedding's loss: of squared distances for Triplet, of angles in radians for ArcFace, of distances for
    /// Contrastive, all between vectors of length 1. 0 is the loss's own: 0.2, 0.3 or 1. Default: 0.
    /// </summary>
    [Setting(SettingGroup.Loss, Least = 0, Most = 2, Zero = "the loss's own")]
    public double Margin
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets the factor of ArcFace's cosines before the cross-entropy; 0 is the loss's own, 30. Default: 0.
    /// </summary>
    [Setting(SettingGroup.Loss, Least = 0, Most = 1000, Zero = "the loss's own")]
    public double LossScale
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets the images of each class in a batch, where the classes of a batch are drawn first; a batch of 64 with 4 images a class has 16
    /// classes. 1 shuffles all images, 0 is the loss's own: 4 for Triplet and Contrastive, else 1. Default: 0.
    /// </summary>
    [Setting(SettingGroup.Loss, Unit = "images", Least = 0, Zero = "the loss's own")]
    public int ImagesPerClass
    {
        get;
        init => field = Check(value);
    }

    /// <summary>
    /// Gets whether the gradient is that of the mean loss of a batch or of the sum, with which a learning rate is one for an image:
    /// Mean or Sum. Default: Mean, or the preset's.
    /// </summary>
    [Setting(SettingGroup.Loss, Default = "Mean, or the preset's")]
    public LossReduction LossReduction { get; init; }

    /// <summary>Gets a value indicating whether the outputs are an embedding, not scores of classes.</summary>
    internal bool LearnsEmbedding => Loss is LossKind.Triplet or LossKind.ArcFace or LossKind.Contrastive;

    /// <summary>Gets a value indicating whether the outputs are words of captions.</summary>
    internal bool LearnsCaptions => Loss == LossKind.Caption;

    /// <summary>Gets a value indicating whether the outputs are scores of classes.</summary>
    internal bool LearnsClasses => Loss == LossKind.CrossEntropy;

    /// <summary>Gets the margin that is used.</summary>
    internal double UsedMargin =>
        Margin > 0
            ? Margin
            : Loss switch
            {
                LossKind.Triplet => TripletMargin,
                LossKind.ArcFace => ArcFaceMargin,
                _ => ContrastiveMargin,
            };

    /// <summary>Gets the factor of cosines that is used.</summary>
    internal double UsedLossScale => LossScale > 0 ? LossScale : ArcFaceScale;

    /// <summary>Gets the images of each class in a batch; 1 where all images are shuffled.</summary>
    internal int UsedImagesPerClass =>
        ImagesPerClass > 0 ? ImagesPerClass
        : Loss is LossKind.Triplet or LossKind.Contrastive ? PairedImages
        : 1;
}
