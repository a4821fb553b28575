using System.Globalization;

namespace ConvNetShell.Display.Pictures;

/// <summary>Treats pictures that belong together as one block.</summary>
internal static class PictureBlocks
{
    private const int MostInRow = 6;

    /// <summary>
    /// Gives the pictures of one title one scale of colors and one range where their grids ask for that: where a channel has negative
    /// values, zero is white in all of them.
    /// </summary>
    public static PictureGrid[] ShareRange(PictureGrid[] grids)
    {
        Dictionary<string, Picture[]> blocks = grids
            .Where(grid => grid.CommonRange)
            .GroupBy(grid => grid.Title, StringComparer.Ordinal)
            .ToDictionary(block => block.Key, block => block.SelectMany(grid => grid.Pictures).ToArray(), StringComparer.Ordinal);
        return [.. grids.Select(grid => grid.CommonRange ? Share(grid, blocks[grid.Title]) : grid)];
    }

    /// <summary>Puts each filter beside its map where there is one picture of every kind for each member of a group.</summary>
    /// <returns>One grid; <see langword="null"/> where the pictures do not pair.</returns>
    public static PictureGrid? Pair(IReadOnlyList<PictureGrid> grids)
    {
        if (
            grids.Any(grid => grid.Role is null || grid.Pictures.Count != 1)
            || grids.Select(grid => grid.Role!.Group).Distinct().Count() > 1
        )
        {
            return null;
        }
        IGrouping<string, PictureGrid>[] kinds = [.. grids.GroupBy(grid => grid.Role!.Kind, StringComparer.Ordinal)];
        int[] members = [.. kinds.FirstOrDefault()?.Select(grid => grid.Role!.Member) ?? []];
        bool pairs =
            kinds.Length > 1
            && kinds.All(kind => kind.Select(grid => grid.Title).Distinct().Count() == 1)
            && kinds.All(kind => kind.Select(grid => grid.Role!.Member).Order().SequenceEqual(members.Order()))
            && members.Distinct().Count() == members.Length;
        if (!pairs)
        {
            return null;
        }
        PictureGrid[] shared = ShareRange([.. grids]);
        return new PictureGrid(
            string.Join("; ", kinds.Select(kind => $"{kind.First().Title}: {kind.Key}s")),
            [
                .. members.SelectMany(member =>
                    kinds
                        .Select(kind => shared.First(grid => grid.Role!.Kind == kind.Key && grid.Role.Member == member))
                        .Select(grid =>
                            grid.Pictures[0] with
                            {
                                Caption = string.Create(CultureInfo.InvariantCulture, $"{grid.Role!.Kind} {member}"),
                            }
                        )
                ),
            ]
        )
        {
            Columns = kinds.Length * Math.Clamp(MostInRow / kinds.Length, 1, members.Length),
        };
    }

    /// <summary>Makes one of the pictures that come from the same numbers and differ in their marks only.</summary>
    public static IEnumerable<Picture> JoinMarks(IEnumerable<Picture> pictures) =>
        pictures
            .GroupBy(picture => picture.Origin ?? picture, ReferenceEqualityComparer.Instance)
            .Select(same =>
                same.Count() == 1
                    ? same.First()
                    : same.First() with
                    {
                        Marks = [.. same.SelectMany(picture => picture.Marks)],
                        MarkNames = [.. same.SelectMany(picture => picture.MarkNames)],
                    }
            );

    private static PictureGrid Share(PictureGrid grid, Picture[] block)
    {
        double[] ends = [.. block.SelectMany(picture => new[] { picture.Low ?? picture.Min, picture.High ?? picture.Max })];
        double[] known = [.. ends.Where(double.IsFinite)];
        if (block.Length < 2 || known.Length == 0 || block.Any(picture => picture.Scale == ColorScale.Natural))
        {
            return grid;
        }
        ColorScale scale = block.Any(picture => picture.Scale == ColorScale.Diverging) ? ColorScale.Diverging : ColorScale.Viridis;
        return grid with
        {
            Pictures = [.. grid.Pictures.Select(picture => picture with { Scale = scale, Low = known.Min(), High = known.Max() })],
        };
    }
}
