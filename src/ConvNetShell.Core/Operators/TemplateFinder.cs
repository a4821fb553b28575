using System.Globalization;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Finds a template in a picture by cross-correlation (Lewis, Fast Normalized Cross-Correlation, 1995).</summary>
public static class TemplateFinder
{
    /// <summary>
    /// Scores every position and returns the best ones that do not lie on one another. A window with a NaN or an infinity has no score
    /// (NaN).
    /// </summary>
    /// <param name="picture">The picture; of a color one the mean of the channels.</param>
    /// <param name="template">The template, not larger than the picture.</param>
    /// <param name="normalized">
    /// Whether the mean of each window is taken away and the score divided by both lengths, so that brightness and contrast do not count; a
    /// window of
    /// one color scores 0. Otherwise the plain sum of products, which prefers bright areas.
    /// </param>
    /// <param name="top">The most matches.</param>
    /// <param name="threshold">The lowest score.</param>
    /// <param name="stop">Ends the work within a moment.</param>
    /// <returns>The matches, best first; each holds the map of scores.</returns>
    /// <exception cref="ShapeMismatchException">The template is larger than the picture.</exception>
    /// <exception cref="InvalidSettingException">One of them is no picture, or the template is of one color or not finite.</exception>
    /// <exception cref="MemoryShortageException">The picture is too large for the free memory.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<TemplateMatch> Find(
        NumericArray picture,
        NumericArray template,
        bool normalized = true,
        int top = 1,
        double threshold = double.NegativeInfinity,
        CancellationToken stop = default
    )
    {
        const int copies = 8; // of the picture: two running sums, the scores, their map, what is open, and the convolution's
        FreeMemory.Require(
            $"A search in a picture of {picture.Values.Count:N0} values",
            copies * sizeof(double) * (double)picture.Values.Count,
            "Use a smaller picture."
        );
        NumericArray image = Pictures.Grey("InputObject", picture),
            wanted = Pictures.Grey("Template", template);
        int height = wanted.Sizes[0],
            width = wanted.Sizes[1];
        if (height > image.Sizes[0] || width > image.Sizes[1])
        {
            throw new ShapeMismatchException(
                "Template",
                string.Create(CultureInfo.InvariantCulture, $"at most the picture's size of {image}"),
                wanted.ToString()
            );
        }
        if (!wanted.Data.All(double.IsFinite))
        {
            throw new InvalidSettingException("Template", "a picture of finite numbers", "one with NaN or infinity");
        }
        (NumericArray clean, bool[] bad) = Clean(image);
        double mean = wanted.Values.Average();
        NumericArray kernel = normalized ? new NumericArray([.. wanted.Values.Select(value => value - mean)], height, width) : wanted;
        double length = Math.Sqrt(kernel.Values.Sum(value => value * value));
        if (normalized && length < 1e-9 * Math.Max(1, Math.Abs(mean)))
        {
            throw new InvalidSettingException("Template", "a picture of more than one color, or used with -Plain", "one color");
        }
        NumericArray sums = Convolver.Compute(
            ConvolutionProblem.Understand(clean, kernel, new ConvolutionOptions { Dimensions = 2 }),
            stop
        );
        double[] scores = sums.Data;
        if (normalized)
        {
            Normalize(scores, clean, height, width, sums.Sizes[1], length, stop);
        }
        Remove(scores, bad, image.Sizes[1], height, width, sums.Sizes[1], stop);
        Picture searched = Pictures.Look("picture", picture);
        return
        [
            .. Best(scores, sums.Sizes[0], sums.Sizes[1], height, width, top, threshold, stop)
                .Select(match => match with { Searched = searched }),
        ];
    }

    /// <summary>Divides by the length of each window less its mean, from running sums over rows and columns.</summary>
    private static void Normalize(
        double[] scores,
        NumericArray image,
        int height,
        int width,
        int columns,
        double length,
        CancellationToken stop
    )
    {
        int wide = image.Sizes[1] + 1;
        double shift = image.Values.Average(); // keeps the differences of large sums exact
        double[] sums = new double[(image.Sizes[0] + 1) * wide],
            squares = new double[sums.Length];
        for (int y = 1; y <= image.Sizes[0]; y++)
        {
            stop.ThrowIfCancellationRequested();
            for (int x = 1; x < wide; x++)
            {
                double value = image.Data[(y - 1) * (wide - 1) + x - 1] - shift;
                int at = y * wide + x;
                sums[at] = value + sums[at - 1] + sums[at - wide] - sums[at - wide - 1];
                squares[at] = value * value + squares[at - 1] + squares[at - wide] - squares[at - wide - 1];
            }
        }
        double count = height * width,
            largest = squares[^1] / image.Values.Count;
        for (int i = 0; i < scores.Length; i++)
        {
            int top = i / columns * wide + i % columns,
                bottom = top + height * wide;
            double sum = sums[bottom + width] - sums[bottom] - sums[top + width] + sums[top];
            double square = squares[bottom + width] - squares[bottom] - squares[top + width] + squares[top];
            double spread = square - sum * sum / count;
            scores[i] = spread <= 1e-9 * count * largest ? 0 : Math.Clamp(scores[i] / (length * Math.Sqrt(spread)), -1, 1);
        }
    }

    /// <summary>Returns a picture with the mean in place of what is not finite, and which values these are.</summary>
    private static (NumericArray Clean, bool[] Bad) Clean(NumericArray image)
    {
        bool[] bad = [.. image.Data.Select(value => !double.IsFinite(value))];
        if (!bad.Contains(true))
        {
            return (image, bad);
        }
        double mean = image.Data.Where(double.IsFinite).DefaultIfEmpty(0).Average();
        return (new NumericArray([.. image.Data.Select(value => double.IsFinite(value) ? value : mean)], [.. image.Sizes]), bad);
    }

    /// <summary>Takes the scores of all windows away that meet a value which is not finite.</summary>
    private static void Remove(double[] scores, bool[] bad, int imageColumns, int height, int width, int columns, CancellationToken stop)
    {
        int rows = scores.Length / columns;
        for (int at = Array.IndexOf(bad, true); at >= 0; at = Array.IndexOf(bad, true, at + 1))
        {
            stop.ThrowIfCancellationRequested();
            (int row, int column) = (at / imageColumns, at % imageColumns);
            for (int y = Math.Max(0, row - height + 1); y <= Math.Min(rows - 1, row); y++)
            {
                int from = Math.Max(0, column - width + 1);
                Array.Fill(scores, double.NaN, y * columns + from, Math.Min(columns - 1, column) - from + 1);
            }
        }
    }

    /// <summary>Takes the best position, then repeatedly the best one that overlaps no earlier one by more than half a window.</summary>
    private static List<TemplateMatch> Best(
        double[] scores,
        int rows,
        int columns,
        int height,
        int width,
        int top,
        double threshold,
        CancellationToken stop
    )
    {
        double[][] map = [.. Enumerable.Range(0, rows).Select(row => scores.AsSpan(row * columns, columns).ToArray())];
        var open = scores.Select(score => double.IsNaN(score) ? double.NegativeInfinity : score).ToArray();
        var matches = new List<TemplateMatch>();
        while (matches.Count < top)
        {
            stop.ThrowIfCancellationRequested();
            int best = Array.IndexOf(open, open.Max());
            if (double.IsNegativeInfinity(open[best]) || open[best] < threshold)
            {
                break;
            }
            int row = best / columns,
                column = best % columns;
            matches.Add(new TemplateMatch(matches.Count + 1, row, column, height, width, open[best]) { ScoreMap = map });
            for (int y = Math.Max(0, row - height / 2); y <= Math.Min(rows - 1, row + height / 2); y++)
            {
                int from = Math.Max(0, column - width / 2);
                Array.Fill(open, double.NegativeInfinity, y * columns + from, Math.Min(columns - 1, column + width / 2) - from + 1);
            }
        }
        return matches;
    }
}
