namespace ConvNetShell.Display.Pictures;

/// <summary>Makes one grid of several records that have pictures.</summary>
public static class PictureCollection
{
    private const int MostInRow = 16,
        ShortRow = 6,
        MostNotes = 8;

    /// <summary>
    /// Returns the pictures of all records in one grid: the title and the note where all have the same; where titles differ, each names its
    /// row, or leads the captions.
    /// </summary>
    /// <param name="sources">The records.</param>
    /// <param name="title">The title; <see langword="null"/> for the one they have in common.</param>
    /// <param name="columns">The pictures in a row; <see langword="null"/> for those of one record or title, where all have as many, and
    /// else chosen for the page.</param>
    /// <returns>The grid.</returns>
    public static PictureGrid Merge(IEnumerable<IPictureSource> sources, string? title = null, int? columns = null)
    {
        PictureGrid[] grids = PictureBlocks.ShareRange([.. sources.Select(source => source.ToPictures())]);
        if (grids.Length > 1 && PictureBlocks.Pair(grids) is { } paired)
        {
            grids = [paired];
        }
        if (grids.Length == 1)
        {
            return grids[0] with { Title = title ?? grids[0].Title, Columns = columns ?? grids[0].Columns };
        }
        string[] titles = [.. grids.Select(grid => grid.Title).Distinct(StringComparer.Ordinal)];
        string[] notes = [.. grids.Select(grid => grid.Note).Where(note => note.Length > 0).Distinct(StringComparer.Ordinal)];
        (string Title, int Count)[] runs = Runs(grids);
        bool rows =
            columns is null && runs.Length > 1 && runs[0].Count is > 1 and <= MostInRow && runs.All(run => run.Count == runs[0].Count);

        // Rows of one unit, or of one layer, are named at their left (pairs are too short for rows); else each picture has its title to
        // itself.
        bool named = rows && runs[0].Count > 2 && titles.Length > 1 && runs.All(run => run.Title.Length > 0),
            differ = titles.Length > 1 && !named;

        // Several maps of one picture bring it along; it is shown once, before them.
        var seen = new HashSet<Picture>(ReferenceEqualityComparer.Instance);
        Picture[] pictures =
        [
            .. PictureBlocks.JoinMarks(
                grids.SelectMany(grid =>
                    grid.Pictures.Where(seen.Add)
                        .Select(picture =>
                            differ && grid.Title.Length > 0 ? picture with { Caption = Joined(grid.Title, picture.Caption) } : picture
                        )
                )
            ),
        ];
        bool shared = pictures.Length < grids.Sum(grid => grid.Pictures.Count);
        int firsts = grids
            .Select(grid => grid.Pictures.FirstOrDefault() is { } first ? first.Origin ?? first : null)
            .Distinct(ReferenceEqualityComparer.Instance)
            .Count();
        return new PictureGrid(title ?? (titles.Length > 1 ? string.Empty : titles.FirstOrDefault() ?? string.Empty), pictures)
        {
            // the ranges of several titles are in their pictures
            CommonRange = titles.Length == 1 && grids.All(grid => grid.CommonRange),
            Columns =
                columns
                ?? (
                    shared ? Together(pictures.Length / Math.Max(1, firsts), firsts)
                    : rows ? (named ? runs[0].Count : Together(runs[0].Count, runs.Length))
                    : grids.All(grid => grid.Columns is not null) ? grids.Max(grid => grid.Columns)
                    : null
                ),
            RowNames = named && !shared ? [.. runs.Select(run => run.Title)] : [],
            Note = notes.Length <= 1 ? string.Concat(notes) : string.Join('\n', notes.Take(MostNotes)),
        };
    }

    /// <summary>
    /// Returns the titles that follow one another, or of records without one each of them, and how many pictures each has.
    /// </summary>
    private static (string Title, int Count)[] Runs(PictureGrid[] grids)
    {
        var runs = new List<(string Title, int Count)>();
        for (int i = 0; i < grids.Length; i++)
        {
            bool goesOn = i > 0 && grids[i].Title.Length > 0 && grids[i].Title == grids[i - 1].Title && grids[i].Pictures.Count == 1;
            if (goesOn)
            {
                runs[^1] = (runs[^1].Title, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((grids[i].Title, grids[i].Pictures.Count));
            }
        }
        return [.. runs];
    }

    /// <summary>
    /// Returns the pictures in a row of which so many belong together: pairs stand three in a row where there are more than two.
    /// </summary>
    private static int Together(int each, int groups) => groups <= 2 ? each : each * Math.Clamp(ShortRow / Math.Max(1, each), 1, groups);

    private static string Joined(string title, string caption) => caption.Length == 0 ? title : $"{title}\n{caption.Split('\n')[0]}";
}
