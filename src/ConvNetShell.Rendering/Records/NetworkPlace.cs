namespace ConvNetShell.Rendering.Records;

/// <summary>Where a block stands in a network's picture.</summary>
/// <param name="Block">The block.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Line">Its line from the top, from 0; half a line where it stands between two streams.</param>
/// <param name="Largest">The height of the largest map beside it, which is drawn as high as there is room.</param>
/// <param name="From">The places whose arrows lead to it; none for the input.</param>
internal sealed record NetworkPlace(NetworkBlock Block, int Column, float Line, double Largest, IReadOnlyList<NetworkPlace> From)
{
    /// <summary>Returns the places of blocks: from left to right, in further lines below; streams one below the other until they join.
    /// </summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="columns">The columns that the page has.</param>
    /// <returns>The places, how many columns they take, and how many lines.</returns>
    public static (IReadOnlyList<NetworkPlace> Places, int Columns, int Lines) Of(IReadOnlyList<NetworkBlock> blocks, int columns)
    {
        int total = blocks.Sum(block => block.Columns);
        columns = blocks.Any(block => block.Streams.Count > 0)
            ? Math.Max(columns, blocks.Max(block => block.Columns) + 1)
            : Math.Clamp(columns, 1, total);
        if (blocks.All(block => block.Streams.Count == 0))
        {
            int rows = (total + columns - 1) / columns;
            columns = (total + rows - 1) / rows; // no short last line
        }
        double largest = blocks.Max(block => block.Height);
        var places = new List<NetworkPlace>();
        NetworkPlace? last = null;
        int lines = 0,
            used = 0;
        foreach (NetworkBlock[] strip in Strips(blocks, columns))
        {
            int high = strip.Max(block => Math.Max(1, block.Streams.Count)),
                column = 0;
            float middle = lines + ((high - 1) / 2f);
            foreach (NetworkBlock block in strip)
            {
                NetworkPlace[] from = last is null ? [] : [last];
                if (block.Streams.Count > 0)
                {
                    from =
                    [
                        .. block.Streams.Select(
                            (stream, i) => Follow(places, stream, column, middle + i - ((block.Streams.Count - 1) / 2f), from)
                        ),
                    ];
                }
                column += block.Columns;
                last = new NetworkPlace(block, column - 1, middle, largest, from);
                places.Add(last);
            }
            used = Math.Max(used, column);
            lines += high;
        }
        return (places, used, lines);
    }

    /// <summary>Places the blocks of a stream in a line, and returns the last one.</summary>
    private static NetworkPlace Follow(
        List<NetworkPlace> places,
        IReadOnlyList<NetworkBlock> stream,
        int column,
        float line,
        NetworkPlace[] from
    )
    {
        double largest = stream.Max(block => block.Height);
        foreach (NetworkBlock block in stream)
        {
            places.Add(new NetworkPlace(block, column++, line, largest, from));
            from = [places[^1]];
        }
        return from[0];
    }

    private static IEnumerable<NetworkBlock[]> Strips(IReadOnlyList<NetworkBlock> blocks, int columns)
    {
        var strip = new List<NetworkBlock>();
        foreach (NetworkBlock block in blocks)
        {
            if (strip.Count > 0 && strip.Sum(one => one.Columns) + block.Columns > columns)
            {
                yield return [.. strip];
                strip.Clear();
            }
            strip.Add(block);
        }
        yield return [.. strip];
    }
}
