using System.Globalization;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>A position where a picture matches a template.</summary>
/// <param name="Rank">1 for the best match.</param>
/// <param name="Row">The picture's row at the top of the match, from 0.</param>
/// <param name="Column">The picture's column at its left, from 0.</param>
/// <param name="Height">The template's height.</param>
/// <param name="Width">The template's width.</param>
/// <param name="Score">How well it matches: from -1 to 1 where normalized, else the plain sum of products.</param>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.PlainText)]
public sealed record TemplateMatch(int Rank, int Row, int Column, int Height, int Width, double Score) : IPictureSource
{
    /// <summary>
    /// Gets the scores of all positions, as arrays of rows; a row and a column is the top left of the window.
    /// </summary>
    public double[][] ScoreMap { get; init; } = [];

    /// <summary>Gets the picture that was searched; <see langword="null"/> where it is not known.</summary>
    public Picture? Searched { get; init; }

    private Picture Mark(Picture picture, object origin, int[] frame) =>
        picture with
        {
            Origin = origin,
            Marks = [frame],
            MarkNames = [Rank.ToString(CultureInfo.InvariantCulture)],
        };

    /// <summary>
    /// Gets the picture with a frame round the match, and the map of scores with a mark at its top left; both have the match's rank, so
    /// that several matches in one picture can be told apart.
    /// </summary>
    /// <returns>The two beside each other; the map alone where the picture is not known.</returns>
    public PictureGrid ToPictures() =>
        new(
            string.Empty,
            [
                .. Searched is null
                    ? Array.Empty<Picture>()
                    : [Mark(Searched with { Caption = "picture" }, Searched, [Row, Column, Height, Width])],
                .. ArrayPictures
                    .Of(ScoreMap, "score of each top left corner")
                    .Select(map => Mark(map with { Quantity = "score" }, ScoreMap, [Row - 2, Column - 2, 5, 5])),
            ]
        )
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"{Rank}: {this}"),
        };

    /// <summary>Gives the position and the score; a plain sum with six significant digits.</summary>
    /// <returns>For example <c>row 120, column 48: 0.998</c>.</returns>
    public override string ToString()
    {
        string score = Math.Abs(Score) <= 1 ? Score.ToString("F3", CultureInfo.InvariantCulture) : ViewText.Number(Score);
        return string.Create(CultureInfo.InvariantCulture, $"row {Row}, column {Column}: {score}");
    }
}
