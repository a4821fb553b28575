using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Operators;

namespace ConvNetShell.Core.Operators;

/// <summary>Moves pictures and signals, and counts what that changes.</summary>
public static class PictureShift
{
    /// <summary>Moves a picture and compares it with itself, number by number.</summary>
    /// <param name="input">The picture: rows and columns, or channels first; or a signal, one row.</param>
    /// <param name="down">How many rows it is moved down; negative for up. 0 for a signal.</param>
    /// <param name="right">How many columns it is moved to the right; negative for left.</param>
    /// <returns>The picture, the moved one, and how many numbers differ.</returns>
    /// <exception cref="ShapeMismatchException">The input has not one, two or three axes.</exception>
    /// <exception cref="InvalidSettingException">A signal is to be moved down.</exception>
    public static ShiftComparison Compare(NumericArray input, int down, int right)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Rank is not (1 or 2 or 3))
        {
            throw new ShapeMismatchException("InputObject", "a signal, rows and columns, or channels first", input.ToString());
        }
        if (input.Rank == 1 && down != 0)
        {
            throw new InvalidSettingException("Down", "left out for a signal, which is one row", down);
        }
        int height = input.Rank == 1 ? 1 : input.Sizes[^2],
            width = input.Sizes[^1];
        var moved = new double[input.Data.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            int row = (i / width % height) - down,
                column = (i % width) - right;
            bool isInside = (uint)row < (uint)height && (uint)column < (uint)width;
            moved[i] = isInside ? input.Data[i - (down * width) - right] : 0;
        }
        int changed = input.Data.Zip(moved, (before, after) => !before.Equals(after)).Count(differs => differs);
        var after = new NumericArray(moved, [.. input.Sizes]);
        return new ShiftComparison(input.ToString(), down, right, moved.Length, changed, input.ToArray(), after.ToArray());
    }
}
