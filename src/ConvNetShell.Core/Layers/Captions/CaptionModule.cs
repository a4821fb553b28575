using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Captions;

/// <summary>The live decoder of captions.</summary>
internal sealed class CaptionModule : LayerModule
{
    // Parts that training leaves out at random. Words: what the next one is must be seen in the image, not guessed from the words before
    // (Bowman et al., arXiv 1511.06349); values: the usual dropout.
    private const double WordDropout = 0.3,
        ValueDropout = 0.1;

    private readonly CaptionSpec spec;
    private readonly CaptionCell cell;
    private readonly NamedTensor vectors,
        imageWeight,
        imageBias,
        mixWeight,
        mixBias,
        wordWeight,
        wordBias;
    private readonly NamedTensor[] looking;
    private readonly long[] coarse;

    public CaptionModule(CaptionSpec spec, Shape input, WeightInitializer start)
    {
        this.spec = spec;
        coarse = [Math.Min(CaptionSpec.CoarseSide, input[1]), Math.Min(CaptionSpec.CoarseSide, input[2])];
        long units = spec.Units,
            mixed = spec.Attention ? 3 * units : 2 * units;
        WeightInitializer inner = start with { IsOutput = false, Rectified = false };
        vectors = new NamedTensor("vectors", inner.Uniform([spec.Words, units], 1));
        (imageWeight, imageBias) = Dense("image", CaptionSpec.ImageValues(input), units, inner);
        looking = [];
        if (spec.Attention)
        {
            (NamedTensor keyWeight, NamedTensor keyBias) = Dense("key", input.Channels + 2, units, inner);
            (NamedTensor valueWeight, NamedTensor valueBias) = Dense("value", input.Channels + 2, units, inner);
            looking = [keyWeight, keyBias, valueWeight, valueBias];
        }
        cell = new CaptionCell(spec.Units, inner);
        (mixWeight, mixBias) = Dense("mix", mixed, units, inner);
        (wordWeight, wordBias) = Dense("word", units, spec.Words, inner);
        Parameters = [vectors, imageWeight, imageBias, .. looking, .. cell.Parameters, mixWeight, mixBias, wordWeight, wordBias];
    }

    public override IReadOnlyList<NamedTensor> Parameters { get; }

    public override bool IsRandom => true;

    /// <summary>Returns the scores of words, images x words x places: with the true words before each place, or with its own.</summary>
    public override Tensor Forward(Tensor input, in ForwardContext context)
    {
        SeenImage image = See(input, context);
        return context.Words is { } words ? Teach(image, words, context) : Say(image);
    }

    /// <summary>Returns what the decoder keeps of images.</summary>
    /// <param name="maps">Images x channels x rows x columns.</param>
    /// <param name="context">Training or not.</param>
    public SeenImage See(Tensor maps, in ForwardContext context)
    {
        Tensor whole = nn.functional.adaptive_avg_pool2d(maps, coarse).flatten(1);
        Tensor vector = nn.functional.linear(Drop(whole, context), imageWeight.Value, imageBias.Value).relu();
        if (!spec.Attention)
        {
            return new SeenImage(vector, null, null);
        }
        Tensor places = cat([maps.flatten(2), Positions(maps)], 1).transpose(1, 2);
        return new SeenImage(
            vector,
            nn.functional.linear(places, looking[0].Value, looking[1].Value),
            nn.functional.linear(places, looking[2].Value, looking[3].Value)
        );
    }

    /// <summary>Returns where captions stand that have no word yet.</summary>
    /// <param name="image">The images.</param>
    public CaptionState Begin(SeenImage image) => cell.Begin(image.Vector);

    /// <summary>Takes one word of each caption and returns the scores of the next.</summary>
    /// <param name="image">The images, one for each caption.</param>
    /// <param name="state">Where the captions stand.</param>
    /// <param name="words">The words.</param>
    /// <returns>The state, the scores (captions x words), and the weight of each position (captions x positions) with attention.</returns>
    public (CaptionState State, Tensor Scores, Tensor? Looks) Next(SeenImage image, CaptionState state, Tensor words)
    {
        CaptionState next = cell.Next(vectors.Value.index_select(0, words), state);
        (Tensor scores, Tensor? looks) = Scores(image, next.State.unsqueeze(1), new ForwardContext(Training: false));
        return (next, scores.squeeze(1), looks?.squeeze(1));
    }

    private Tensor Teach(SeenImage image, Tensor words, in ForwardContext context)
    {
        long count = words.shape[0],
            places = words.shape[1];
        Tensor first = zeros([count, 1], ScalarType.Int64, words.device).Plus((long)CaptionVocabulary.Start);
        Tensor before = cat([first, words.narrow(1, 0, places - 1).relu()], 1); // behind the end, the end
        Tensor inputs = vectors.Value.index_select(0, before.flatten()).reshape(count, places, spec.Units);
        if (context.Training)
        {
            inputs = inputs * empty([count, places, 1], inputs.dtype, inputs.device).bernoulli_(1 - WordDropout, context.Random);
        }
        return Scores(image, cell.Run(inputs, Begin(image)), context).Scores.transpose(1, 2);
    }

    private Tensor Say(SeenImage image)
    {
        CaptionState state = Begin(image);
        Tensor words = zeros([image.Vector.shape[0]], ScalarType.Int64, image.Vector.device).Plus((long)CaptionVocabulary.Start);
        var places = new Tensor[spec.Longest];
        for (int i = 0; i < places.Length; i++)
        {
            (state, places[i], _) = Next(image, state, words);
            words = places[i].argmax(1);
        }
        return stack(places, 2);
    }

    /// <summary>Returns the scores of words after states, captions x places x words, and where each looks.</summary>
    private (Tensor Scores, Tensor? Looks) Scores(SeenImage image, Tensor states, in ForwardContext context)
    {
        Tensor? looks = null;
        Tensor whole = image.Vector.unsqueeze(1).expand(-1, states.shape[1], -1);
        Tensor known = cat([states, whole], 2);
        if (image.Keys is { } keys)
        {
            looks = nn.functional.softmax(bmm(states, keys.transpose(1, 2)).Times(1 / Math.Sqrt(spec.Units)), 2);
            known = cat([known, bmm(looks, image.Values!)], 2);
        }
        Tensor mixed = nn.functional.linear(Drop(known, context), mixWeight.Value, mixBias.Value).tanh();
        return (nn.functional.linear(Drop(mixed, context), wordWeight.Value, wordBias.Value), looks);
    }

    private static Tensor Drop(Tensor values, in ForwardContext context) =>
        context.Training
            ? values * empty_like(values).bernoulli_(1 - ValueDropout, context.Random).DivideInPlace(1 - ValueDropout)
            : values;

    /// <summary>Two channels, from -1 to 1 over rows and over columns.</summary>
    private static Tensor Positions(Tensor maps)
    {
        long rows = maps.shape[2],
            columns = maps.shape[3];
        Tensor down = linspace(-1, 1, rows, maps.dtype, maps.device).unsqueeze(1).expand(rows, columns),
            along = linspace(-1, 1, columns, maps.dtype, maps.device).unsqueeze(0).expand(rows, columns);
        return stack([down.flatten(), along.flatten()], 0).unsqueeze(0).expand(maps.shape[0], 2, rows * columns);
    }

    private static (NamedTensor Weight, NamedTensor Bias) Dense(string name, long inputs, long outputs, WeightInitializer start) =>
        (
            new NamedTensor($"{name}_weight", start.Weights([outputs, inputs], inputs, outputs)),
            new NamedTensor($"{name}_bias", WeightInitializer.Constant(outputs, 0))
        );
}
