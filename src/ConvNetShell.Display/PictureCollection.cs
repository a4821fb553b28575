namespace ConvNetShell.Display;

/// <summary>Makes one grid of several records that have pictures.</summary>
public static class PictureCollection
{
    /// <summary>Returns the pictures of all records in one grid: the title and the note where all have the same, the captions led by the title where titles differ.</summary>
    /// <param name="sources">The records.</param>
    /// <param name="title">The title; <see langword="null"/> for the one they have in common.</param>
    /// <returns>The grid.</returns>
    public static PictureGrid Merge(IEnumerable<IPictureSource> sources, string? title = null)
    {
        PictureGrid[] grids = [.. sources.Select(source => source.ToPictures())];
        if (grids.Length == 1)
        {
            return title is null ? grids[0] : grids[0] with { Title = title };
        }
        string[] titles = [.. grids.Select(grid => grid.Title).Distinct(StringComparer.Ordinal)];
        string[] notes = [.. grids.Select(grid => grid.Note).Where(note => note.Length > 0).Distinct(StringComparer.Ordinal)];
        bool differ = titles.Length > 1;

        // Several maps of one picture bring it along; it is shown once, before them.
        var seen = new HashSet<Picture>(ReferenceEqualityComparer.Instance);
        Picture[] pictures = [.. grids.SelectMany(grid => grid.Pictures.Where(seen.Add).Select(picture => differ && grid.Title.Length > 0 ? picture with { Caption = Joined(grid.Title, picture.Caption) } : picture))];
        bool shared = pictures.Length < grids.Sum(grid => grid.Pictures.Count);
        int firsts = grids.Select(grid => grid.Pictures.FirstOrDefault()).Distinct(ReferenceEqualityComparer.Instance).Count();
        bool alike = grids.All(grid => grid.Pictures.Count == grids[0].Pictures.Count && grid.Pictures.Count > 1);
        return new PictureGrid(
            title ?? (differ ? string.Empty : titles.FirstOrDefault() ?? string.Empty),
            pictures)
        {
            CommonRange = grids.Length > 0 && grids.All(grid => grid.CommonRange),
            Columns = shared ? pictures.Length / Math.Max(1, firsts) : alike ? grids[0].Columns ?? grids[0].Pictures.Count : null,
            Note = notes.Length <= 1 ? string.Concat(notes) : string.Join('\n', notes.Take(4)),
        };
    }

    private static string Joined(string title, string caption) => caption.Length == 0 ? title : $"{title}\n{caption.Split('\n')[0]}";
}
