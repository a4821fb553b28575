using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Records.Captions;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Applications.Captions;

/// <summary>Measures the captions of a network beside two baselines that do without one.</summary>
public static class CaptionMeasurer
{
    private const string Grouping = "Combination",
        All = "all";

    /// <summary>Measures a network on a split.</summary>
    /// <param name="network">The network.</param>
    /// <param name="dataset">The dataset, whose Train the baselines take their captions from.</param>
    /// <param name="split">The images, with captions.</param>
    /// <param name="beam">The captions that are followed at a time, 1 or more.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends it after the present batch.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="InvalidSettingException">The network does not describe images or was not trained, or there are no captions.
    /// </exception>
    /// <exception cref="ShapeMismatchException">The images do not fit the network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CaptionReport Measure(
        Network network,
        Dataset dataset,
        DatasetSplit split,
        int beam,
        string device,
        CancellationToken stop = default
    )
    {
        CaptionReader.RequireDecoder(network);
        EvaluationCheck.Fits(network, split, dataset.Name);
        if (!SampleCaptions.Has(split) || !SampleCaptions.Has(dataset.Train))
        {
            throw new InvalidSettingException(
                "Dataset",
                "one whose images have captions (the attribute Caption), such as Scenes",
                dataset.Name
            );
        }
        var vocabulary = new CaptionVocabulary(network.Classes);
        IReadOnlyList<IReadOnlyList<string>> references = SampleCaptions.Of(split),
            known = SampleCaptions.Of(dataset.Train);
        (string Name, string[] Captions)[] methods =
        [
            ("network", [.. CaptionReader.Find(network, split, beam, device, stop).Select(found => vocabulary.Decode(found.Words))]),
            ("commonest", [.. Enumerable.Repeat(Commonest(known), split.Count)]),
            ("nearest", [.. Nearest(dataset.Train, split).Select(index => known[index][0])]),
        ];
        return new CaptionReport(
            network.Name,
            dataset.Name,
            split.Name,
            beam,
            [
                .. Groups(split)
                    .SelectMany(group =>
                        methods.Select(method => Score(method.Name, group.Name, method.Captions, references, group.Images))
                    ),
            ]
        );
    }

    private static IEnumerable<(string Name, int[] Images)> Groups(DatasetSplit split)
    {
        yield return (All, [.. Enumerable.Range(0, split.Count)]);
        if (split.Attributes.TryGet(Grouping, out IReadOnlyList<string>? groups) && groups.Distinct().Count() > 1)
        {
            foreach (IGrouping<string, int> group in Enumerable.Range(0, split.Count).GroupBy(i => groups[i]).OrderBy(own => own.Key))
            {
                yield return (group.Key, [.. group]);
            }
        }
    }

    private static CaptionScore Score(
        string method,
        string group,
        string[] captions,
        IReadOnlyList<IReadOnlyList<string>> references,
        int[] images
    )
    {
        IReadOnlyList<string>[] said = [.. images.Select(i => CaptionVocabulary.Split(captions[i]))];
        IReadOnlyList<IReadOnlyList<string>>[] meant =
        [
            .. images.Select(i => (IReadOnlyList<IReadOnlyList<string>>)[.. references[i].Select(CaptionVocabulary.Split)]),
        ];
        IReadOnlyList<double> bleu = Bleu.Measure(said, meant);
        SceneFacts?[] truths = [.. images.Select(i => SceneGrammar.Parse(references[i][0]))];
        bool isGrammar = truths.All(facts => facts is not null);
        double facts = 0,
            right = 0,
            exact = 0;
        for (int i = 0; isGrammar && i < truths.Length; i++)
        {
            SceneFacts? stated = SceneGrammar.Parse(captions[images[i]]);
            facts += truths[i]!.Count;
            right += truths[i]!.RightIn(stated);
            exact += truths[i] == stated ? 1 : 0;
        }
        return new CaptionScore(
            method,
            group,
            images.Length,
            isGrammar ? right / facts : double.NaN,
            isGrammar ? exact / images.Length : double.NaN,
            bleu[0],
            bleu[1],
            bleu[2],
            bleu[3],
            Cider.Measure(said, meant)
        );
    }

    private static string Commonest(IReadOnlyList<IReadOnlyList<string>> captions) =>
        captions.SelectMany(own => own).GroupBy(caption => caption).MaxBy(group => (group.Count(), group.Key))!.Key;

    /// <summary>Returns the image of Train whose pixels, less their mean, have the largest cosine to those of each image.</summary>
    private static int[] Nearest(DatasetSplit train, DatasetSplit split)
    {
        using var scope = NewDisposeScope();
        using var noGradients = inference_mode();
        Tensor known = Rows(train).t();
        return [.. Rows(split).mm(known).argmax(1).data<long>().ToArray().Select(index => (int)index)];

        static Tensor Rows(DatasetSplit images) =>
            tensor((float[])[.. PixelVectors.Of(images).SelectMany(vector => vector)], [images.Count, images.Shape.Elements]);
    }
}
