using System.Globalization;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Rendering.Records;

/// <summary>The part of a confusion matrix that a figure shows: all classes, or of many those with the most errors.</summary>
internal sealed class ConfusionPart
{
    /// <summary>The most classes that a figure shows.</summary>
    public const int Most = 120;
    private readonly ConfusionMatrix matrix;
    private readonly int[] shown;

    /// <summary>Chooses the classes.</summary>
    /// <param name="matrix">The whole matrix.</param>
    public ConfusionPart(ConfusionMatrix matrix)
    {
        this.matrix = matrix;
        int classes = matrix.Classes.Count;
        shown = [.. Enumerable.Range(0, classes)];
        if (classes > Most)
        {
            int[] errors = Errors(matrix);
            shown = [.. shown.OrderByDescending(index => errors[index]).Take(Most).Order()];
            Note = string.Create(CultureInfo.InvariantCulture, $"The {Most} of {classes:N0} classes with the most errors");
        }
        Classes = [.. shown.Select(index => matrix.Classes[index])];
    }

    /// <summary>Gets the names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets a line that says which classes these are; empty where all are shown.</summary>
    public string Note { get; } = string.Empty;

    /// <summary>Returns a count.</summary>
    public int Count(int row, int column) => matrix.Counts[shown[row]][shown[column]];

    /// <summary>Returns a count as a fraction of all images of its true class.</summary>
    public double Fraction(int row, int column) => matrix.Fraction(shown[row], shown[column]);

    private static int[] Errors(ConfusionMatrix matrix)
    {
        int[] errors = new int[matrix.Classes.Count];
        for (int row = 0; row < errors.Length; row++)
        {
            for (int column = 0; column < errors.Length; column++)
            {
                if (row != column)
                {
                    errors[row] += matrix.Counts[row][column];
                    errors[column] += matrix.Counts[row][column];
                }
            }
        }
        return errors;
    }
}
