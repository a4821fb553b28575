using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>Chooses the part of a dataset that a run uses.</summary>
internal static class TrainingData
{
    /// <summary>
    /// Returns the dataset as a run uses it: a fraction of Train, a held-out Validation split, or a few batches that are both.
    /// </summary>
    public static Dataset For(Dataset dataset, TrainingSettings settings)
    {
        object how = (
            settings.ValidationFraction,
            settings.TrainFraction,
            settings.Seed,
            settings.OverfitBatches,
            settings.OverfitBatches > 0 ? settings.BatchSize : 0,
            settings.LearnsEmbedding
        );
        return dataset.Derive(how, () => Make(dataset, settings));
    }

    private static Dataset Make(Dataset dataset, TrainingSettings settings)
    {
        if (settings.OverfitBatches > 0)
        {
            return Overfit(dataset, settings);
        }
        Dataset limited = settings.TrainFraction < 1 ? Limit(dataset, settings) : dataset;
        bool holdsOut = limited.Validation is null && settings.ValidationFraction > 0 && DatasetSplitter.CanHoldOut(limited.Train);
        return !holdsOut ? limited
            : settings.LearnsEmbedding && ClassHoldOut.CanHoldOut(limited.Train, settings.ValidationFraction)
                ? limited.HoldOutValidationClasses(settings.ValidationFraction, settings.Seed)
            : limited.WithValidation(settings.ValidationFraction, settings.Seed);
    }

    private static Dataset Limit(Dataset dataset, TrainingSettings settings)
    {
        DatasetSplit part = DatasetSplitter.Part(dataset.Train, settings.TrainFraction, settings.Seed);
        return dataset.WithSplits(part, dataset.Validation, dataset.Test);
    }

    private static Dataset Overfit(Dataset dataset, TrainingSettings settings)
    {
        long wanted = (long)settings.OverfitBatches * settings.BatchSize;
        if (wanted > dataset.Train.Count)
        {
            throw new InvalidSettingException(
                "OverfitBatches",
                FormattableString.Invariant(
                    $"at most the {dataset.Train.Count / settings.BatchSize} batches of {settings.BatchSize} that {dataset.Name} has"
                ),
                settings.OverfitBatches
            );
        }
        int[] indices = [.. Enumerable.Range(0, dataset.Train.Count)];
        new SeededRandom(settings.Seed).Shuffle(indices.AsSpan());
        DatasetSplit few = dataset.Train.Take(indices[..(int)wanted]);
        return dataset.WithSplits(few, few.Take([.. Enumerable.Range(0, few.Count)], "Validation"), dataset.Test);
    }
}
