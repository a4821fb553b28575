using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Captions;

/// <summary>
/// The last layer of a network that describes images: a recurrent decoder (LSTM) that says a caption word by word from the maps of the
/// layers before it. Output: words x longest, a score for each word at each place of the caption. The image as a vector is the first
/// input of the recurrent layer (Vinyals et al., arXiv 1411.4555), and goes beside its state into the choice of each word (as in Mao et
/// al., arXiv 1412.6632), without which few images teach too slowly. With attention, each word also looks at the positions of the maps,
/// weighted by the product of the state with what is there (Xu et al., arXiv 1502.03044, in the form of Luong et al., arXiv
/// 1508.04025). Trained by teacher forcing: the layer gets the true words before each place.
/// </summary>
public sealed record CaptionSpec : LayerSpec
{
    /// <summary>The side of the grid that the maps are averaged to for the vector of the whole image.</summary>
    internal const int CoarseSide = 4;

    private const int Positions = 2; // channels that say where: row and column

    /// <summary>Initializes a new instance of the <see cref="CaptionSpec"/> class.</summary>
    /// <param name="units">The size of the state and of a word's vector, 1 or more.</param>
    /// <param name="words">The number of words, 3 or more: that of the end, that of the start, and those of captions.</param>
    /// <param name="longest">The places of a caption, the end included, 2 or more.</param>
    /// <param name="attention">Whether each word looks at positions of the image.</param>
    /// <exception cref="InvalidSettingException">A number is too small.</exception>
    public CaptionSpec(int units, int words, int longest, bool attention = false)
    {
        Units = AtLeast("Units", 1, units);
        Words = AtLeast("Words", 3, words);
        Longest = AtLeast("Longest", 2, longest);
        Attention = attention;
    }

    /// <summary>Gets the size of the state and of a word's vector.</summary>
    public int Units { get; }

    /// <summary>Gets the number of words it knows, with those of the end and of the start.</summary>
    public int Words { get; }

    /// <summary>Gets the places of a caption, the end included.</summary>
    public int Longest { get; }

    /// <summary>Gets a value indicating whether each word looks at positions of the image.</summary>
    public bool Attention { get; }

    /// <inheritdoc />
    public override string Kind => "caption";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) =>
        input.Count == 3
            ? new Shape(Words, Longest)
            : throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                $"expected maps of channels x rows x columns. Received: {input}.",
                "Put it behind convolutions or poolings of images, with no dense layer between."
            );

    /// <inheritdoc />
    public override long ParameterCount(Shape input)
    {
        long image = checked((ImageValues(input) + 1) * Units),
            looking = Attention ? checked(2L * Units * (input.Channels + Positions + 1)) : 0,
            recurrent = checked(4L * Units * ((2L * Units) + 2)),
            mixed = checked((long)Units * (((Attention ? 3L : 2L) * Units) + 1));
        return checked(image + looking + recurrent + mixed + ((long)Words * Units) + ((long)Words * (Units + 1)));
    }

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input)
    {
        long positions = input.Elements / input.Channels;
        long once = checked(ImageValues(input) * Units) + (Attention ? checked(2L * Units * (input.Channels + Positions) * positions) : 0);
        long word = checked(
            (8L * Units * Units)
            + ((Attention ? 3L : 2L) * Units * Units)
            + (Attention ? 2L * positions * Units : 0)
            + ((long)Words * Units)
        );
        return checked(once + (Longest * word) + (8L * Units * Units));
    }

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"image {ImageValues(input)}x{Units}, LSTM 4x{Units}x(2x{Units}+2), {Words} words = {ParameterCount(input)}"
        );

    /// <inheritdoc />
    public override string ToToken() =>
        string.Create(CultureInfo.InvariantCulture, $"caption{Units}w{Words}t{Longest}{(Attention ? "-att" : null)}");

    /// <summary>Returns how many values of the maps go into the first input.</summary>
    internal static long ImageValues(Shape input) => (long)input.Channels * Math.Min(CoarseSide, input[1]) * Math.Min(CoarseSide, input[2]);

    internal override LayerModule Build(Shape input, Initializers.WeightInitializer start) => new CaptionModule(this, input, start);

    private static int AtLeast(string name, int least, int value) =>
        value >= least
            ? value
            : throw new InvalidSettingException(name, string.Create(CultureInfo.InvariantCulture, $"an integer of {least} or more"), value);
}
