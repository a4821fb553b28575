using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Presets;

/// <summary>The settings a run takes where the user chose none.</summary>
public static class TrainingRecipe
{
    private const int BatchSize = 64,
        OverfittingEpochs = 300;
    private const double SgdRate = 0.02,
        AdamRate = 0.002,
        RmsPropRate = 0.001,
        AdadeltaRate = 1;

    /// <summary>Returns the settings for an optimizer.</summary>
    /// <param name="optimizer">The optimizer, which decides the learning rate.</param>
    /// <returns>The settings; change them with a <c>with</c> expression.</returns>
    public static TrainingSettings For(OptimizerKind optimizer) =>
        new()
        {
            Optimizer = optimizer,
            LearningRate = optimizer switch
            {
                OptimizerKind.SGD => SgdRate,
                OptimizerKind.RMSprop => RmsPropRate,
                OptimizerKind.Adadelta => AdadeltaRate,
                _ => AdamRate,
            },
            BatchSize = BatchSize,
        };

    /// <summary>Returns the settings for a network.</summary>
    /// <param name="optimizer">The user's optimizer; <see langword="null"/> takes the preset's, else SGD.</param>
    /// <param name="preset">The preset the network was made from, or <see langword="null"/>.</param>
    /// <returns>The settings; change them with a <c>with</c> expression.</returns>
    public static TrainingSettings For(OptimizerKind? optimizer, NetworkPreset? preset)
    {
        if (preset?.Recipe is not { } recipe)
        {
            return For(optimizer ?? OptimizerKind.SGD);
        }
        TrainingSettings own = recipe with { Recipe = preset.Name };
        TrainingSettings general = For(optimizer ?? recipe.Optimizer);
        return general.Optimizer == recipe.Optimizer
            ? own
            : own with
            {
                Optimizer = general.Optimizer,
                LearningRate = general.LearningRate,
                Momentum = general.Momentum,
                LossReduction = general.LossReduction,
                WeightDecay = general.WeightDecay,
                Schedule = general.Schedule,
            };
    }

    /// <summary>Returns the settings for a network and a dataset.</summary>
    /// <param name="optimizer">The user's optimizer; <see langword="null"/> takes the preset's, else SGD.</param>
    /// <param name="preset">The preset the network was made from, or <see langword="null"/>.</param>
    /// <param name="dataset">The dataset: what Add-Augmentation gave it is used, else the preset's augmentation on its own dataset, else
    /// photographs (CIFAR) are flipped and shifted; a small set gets smaller batches.</param>
    /// <returns>The settings; change them with a <c>with</c> expression.</returns>
    public static TrainingSettings For(OptimizerKind? optimizer, NetworkPreset? preset, Dataset dataset)
    {
        TrainingSettings settings = For(optimizer, preset);
        return settings with
        {
            BatchSize = Math.Clamp(dataset.Train.Count / 8, 1, settings.BatchSize),
            Augmentation = dataset.Augmentation ?? Usual(settings, preset, dataset),
        };
    }

    /// <summary>
    /// Returns the settings for a run on a few batches, which the network memorizes if it can learn at all: a recipe without regularization
    ///
    /// (weight decay, label smoothing, averaging, augmentation), at a constant rate with gradients clipped at 1 as there is no warm-up, for
    /// up to 300 epochs. It ends when the loss is near zero.
    /// </summary>
    /// <param name="recipe">The settings for all data.</param>
    /// <param name="batches">The batches.</param>
    /// <returns>The settings; change them with a <c>with</c> expression.</returns>
    public static TrainingSettings ForOverfitting(TrainingSettings recipe, int batches) =>
        recipe with
        {
            OverfitBatches = batches,
            Epochs = OverfittingEpochs,
            Schedule = ScheduleKind.Constant,
            ClipNorm = 1,
            WeightDecay = 0,
            LabelSmoothing = 0,
            Average = AverageKind.None,
            Augmentation = Augmentation.None,
        };

    private static Augmentation Usual(TrainingSettings settings, NetworkPreset? preset, Dataset dataset) =>
        settings.Augmentation != Augmentation.None && preset!.Dataset.Equals(dataset.Name, StringComparison.OrdinalIgnoreCase)
            ? settings.Augmentation
        : KnownDatasets.Find(dataset.Name) is { } known ? new Augmentation(known.MayFlip, known.Shift)
        : Augmentation.None;
}
