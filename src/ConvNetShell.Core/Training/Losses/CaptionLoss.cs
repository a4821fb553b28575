using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Losses;

/// <summary>
/// The loss of captions: the mean cross-entropy of a word, given the true words before it. What stands behind the end does not count, and
/// words of held-out captions that no caption of Train has are left out.
/// </summary>
internal sealed class CaptionLoss : IDisposable
{
    private readonly Tensor words; // images x captions x places
    private readonly long captions;

    /// <param name="network">A network that ends in a decoder of captions and knows its words.</param>
    /// <param name="split">The images, with captions.</param>
    /// <param name="device">Where it computes.</param>
    public CaptionLoss(Network network, DatasetSplit split, Device device)
    {
        var vocabulary = new CaptionVocabulary(network.Classes);
        IReadOnlyList<IReadOnlyList<string>> texts = SampleCaptions.Of(split);
        int places = network.OutputShape[1];
        captions = texts[0].Count;
        long[] encoded =
        [
            .. texts.SelectMany(own => own.SelectMany(caption => vocabulary.Encode(caption, places, skipsUnknown: split.Name != "Train"))),
        ];
        using Tensor flat = tensor(encoded, [texts.Count, captions, places]);
        words = flat.to(device, copy: true).DetachFromDisposeScope();
    }

    /// <summary>Returns the words that a network is to know: its own, or where it has none those of the captions.</summary>
    /// <param name="network">A network that ends in a decoder of captions.</param>
    /// <param name="train">The images to train on, with captions.</param>
    /// <exception cref="InvalidSettingException">The captions have more words than the network.</exception>
    public static IReadOnlyList<string> Words(Network network, DatasetSplit train)
    {
        var spec = (CaptionSpec)network.Layers[^1].Spec;
        if (network.Classes.Count == spec.Words)
        {
            return network.Classes;
        }
        IReadOnlyList<string> found = CaptionVocabulary.Of(SampleCaptions.Of(train).SelectMany(own => own), spec.Words).Words;
        return found.Count == spec.Words
            ? found
            : throw new InvalidSettingException(
                "The words of the last layer",
                FormattableString.Invariant($"{found.Count} or more, those of the captions with end and start: ")
                    + new CaptionSpec(spec.Units, found.Count, spec.Longest, spec.Attention),
                spec.Words
            );
    }

    /// <summary>Returns a caption of each image, drawn at random.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="random">What it draws from.</param>
    /// <returns>The words, images x places.</returns>
    public Tensor Draw(ReadOnlySpan<int> indices, SeededRandom random)
    {
        var rows = new long[indices.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (indices[i] * captions) + random.NextInt((int)captions);
        }
        return Rows(rows);
    }

    /// <summary>Returns a caption of each image, the first of the first image, the second of the second, and so on in turn.</summary>
    /// <param name="indices">The images.</param>
    public Tensor InTurn(ReadOnlySpan<int> indices)
    {
        var rows = new long[indices.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (indices[i] * captions) + (indices[i] % captions);
        }
        return Rows(rows);
    }

    /// <summary>Returns the mean loss of a batch's words, and the scores and targets of those that count.</summary>
    /// <param name="logits">The scores, images x words x places.</param>
    /// <param name="words">The true words, images x places.</param>
    /// <param name="smoothing">The label smoothing.</param>
    public static (Tensor Cost, Tensor Scores, Tensor Targets) Of(Tensor logits, Tensor words, double smoothing = 0)
    {
        Tensor targets = words.flatten(),
            counted = targets.IsAtLeast(0).nonzero().flatten();
        Tensor scores = logits.transpose(1, 2).flatten(0, 1).index_select(0, counted),
            known = targets.index_select(0, counted);
        return (nn.functional.cross_entropy(scores, known, label_smoothing: smoothing), scores, known);
    }

    /// <inheritdoc />
    public void Dispose() => words.Dispose();

    private Tensor Rows(long[] rows) => words.flatten(0, 1).index_select(0, tensor(rows).to(words.device));
}
