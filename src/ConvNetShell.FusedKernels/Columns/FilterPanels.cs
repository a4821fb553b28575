using ConvNetShell.FusedKernels.Vectors;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Columns;

/// <summary>Puts filters into panels, and takes them out.</summary>
internal static unsafe class FilterPanels
{
    /// <summary>Packs a matrix as it is.</summary>
    /// <param name="matrix">The matrix, row by row.</param>
    /// <param name="panels">Its shape.</param>
    /// <param name="to">The panels; what fills up their vectors becomes zero.</param>
    public static void Pack(float* matrix, Panels panels, float* to)
    {
        for (int column = 0; column < panels.Columns; column += Panels.Wide)
        {
            float* panel = to + panels.Offset(column);
            (int width, int count) = (panels.Width(column), Math.Min(Panels.Wide, panels.Columns - column));
            for (int row = 0; row < panels.Rows; row++, panel += width)
            {
                new ReadOnlySpan<float>(matrix + (nint)row * panels.Columns + column, count).CopyTo(new Span<float>(panel, width));
                new Span<float>(panel + count, width - count).Clear();
            }
        }
    }

    /// <summary>Packs the transpose of a matrix.</summary>
    /// <param name="matrix">The matrix, column by column.</param>
    /// <param name="panels">The shape of the transpose.</param>
    /// <param name="to">The panels; what fills up their vectors becomes zero.</param>
    public static void PackTransposed(float* matrix, Panels panels, float* to)
    {
        for (int column = 0; column < Lanes.Vectors(panels.Columns) * Lanes.Count; column++)
        {
            int first = column / Panels.Wide * Panels.Wide,
                width = panels.Width(first);
            float* lane = to + panels.Offset(first) + column - first,
                from = column < panels.Columns ? matrix + (nint)column * panels.Rows : null;
            for (int row = 0; row < panels.Rows; row++, lane += width)
            {
                *lane = from is null ? 0 : from[row];
            }
        }
    }

    /// <summary>Takes the first rows of a matrix out of its panels.</summary>
    /// <param name="from">The panels.</param>
    /// <param name="panels">The shape of the matrix.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="matrix">Where they go, row by row.</param>
    public static void Unpack(float* from, Panels panels, int rows, float* matrix)
    {
        for (int column = 0; column < panels.Columns; column += Panels.Wide)
        {
            float* panel = from + panels.Offset(column);
            (int width, int count) = (panels.Width(column), Math.Min(Panels.Wide, panels.Columns - column));
            for (int row = 0; row < rows; row++, panel += width)
            {
                new ReadOnlySpan<float>(panel, count).CopyTo(new Span<float>(matrix + (nint)row * panels.Columns + column, count));
            }
        }
    }
}
