using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>
/// A matrix in panels of two vectors of columns, the last of one where their number is odd: row by row within a panel, so a product reads
/// it from the first number to the last.
/// </summary>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">The columns, not rounded to vectors.</param>
internal readonly record struct Panels(int Rows, int Columns)
{
    /// <summary>The columns of a panel of two vectors.</summary>
    public const int Wide = 2 * Lanes.Count;

    /// <summary>Gets the numbers of the matrix.</summary>
    public int Size => checked(Rows * Lanes.Vectors(Columns) * Lanes.Count);

    /// <summary>Returns the width of the panel that a column is in.</summary>
    public int Width(int column) => column / Wide * Wide + Lanes.Count < Columns ? Wide : Lanes.Count;

    /// <summary>Returns where a column begins that is a vector's first.</summary>
    public nint Offset(int column) => (nint)(column / Wide * Wide) * Rows + column % Wide;
}
