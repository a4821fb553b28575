using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>Checks that a network can learn the captions of a dataset before anything is computed.</summary>
internal static class CaptionCheck
{
    /// <summary>Checks that the loss is that of the network's last layer.</summary>
    public static void NetworkFits(Network network, TrainingSettings settings)
    {
        bool describes = network.Layers[^1].Spec is CaptionSpec;
        if (settings.LearnsCaptions && !describes)
        {
            throw new InvalidSettingException(
                "Loss",
                $"another than Caption for {network.Name}, which does not end in a decoder such as caption128w32t14",
                settings.Loss
            );
        }
        if (!settings.LearnsCaptions && describes)
        {
            throw new InvalidSettingException(
                "Loss",
                $"Caption for {network.Name}, which ends in {network.Layers[^1].Spec}",
                settings.Loss
            );
        }
    }

    /// <summary>Checks that there are captions, that the network has words and places for them, and the settings.</summary>
    public static void Fits(Network network, TrainingSettings settings, Dataset data)
    {
        if (!settings.LearnsCaptions)
        {
            return;
        }
        if (data.Splits.Any(split => split.Name != "Test" && !SampleCaptions.Has(split)))
        {
            throw new InvalidSettingException(
                "Dataset",
                "one whose images have captions (the attribute Caption), such as Scenes",
                data.Name
            );
        }
        if (settings.Augmentation.Mixes)
        {
            throw new InvalidSettingException("Loss", "CrossEntropy where the augmentation mixes images", settings.Loss);
        }
        if (settings.ClassWeights is not null || settings.BalanceClasses)
        {
            throw new InvalidSettingException("ClassWeight", "left out with -Loss Caption, which has no classes to weigh", "weights");
        }
        var vocabulary = new CaptionVocabulary(CaptionLoss.Words(network, data.Train));
        foreach (DatasetSplit split in new[] { data.Train, data.Validation }.OfType<DatasetSplit>())
        {
            foreach (string caption in SampleCaptions.Of(split).SelectMany(own => own))
            {
                vocabulary.Encode(caption, network.OutputShape[1], skipsUnknown: split != data.Train);
            }
        }
    }

    /// <summary>
    /// Returns what is to be said of mirrored images whose captions say left or right, and of held-out captions whose words are not
    /// learned.
    /// </summary>
    public static IEnumerable<string> Warnings(Network network, TrainingSettings settings, Dataset data)
    {
        if (!settings.LearnsCaptions)
        {
            yield break;
        }
        if (settings.Augmentation.Flip != FlipKind.None && Words(data.Train).Any(word => word is "left" or "right"))
        {
            yield return $"Images of {data.Name} are mirrored and captions say left or right, which is then wrong for half of them. Leave "
                + "-Flip out.";
        }
        var known = CaptionLoss.Words(network, data.Train).ToHashSet(StringComparer.Ordinal);
        string[] unknown = data.Validation is null ? [] : [.. Words(data.Validation).Distinct().Where(word => !known.Contains(word))];
        if (unknown.Length > 0)
        {
            yield return FormattableString.Invariant(
                $"Words of Validation's captions are in none of Train's, {unknown.Length} such as '{unknown[0]}': its loss leaves them out."
            );
        }
    }

    private static IEnumerable<string> Words(DatasetSplit split) =>
        SampleCaptions.Of(split).SelectMany(own => own.SelectMany(CaptionVocabulary.Split));
}
