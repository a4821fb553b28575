using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>The matches of a split: which windows each has, in order.</summary>
internal sealed class MatchList
{
    private readonly IReadOnlyList<string> names,
        starts;

    private MatchList(IReadOnlyList<string> names, IReadOnlyList<string> starts)
    {
        (this.names, this.starts) = (names, starts);
        Matches = [.. Enumerable.Range(0, names.Count).GroupBy(i => names[i]).Select(group => group.OrderBy(Start).ToArray())];
    }

    /// <summary>Gets the windows of each match.</summary>
    public IReadOnlyList<int[]> Matches { get; }

    /// <summary>Finds the matches of a split.</summary>
    /// <exception cref="InvalidSettingException">Its samples are not windows of matches.</exception>
    public static MatchList Of(Dataset dataset, DatasetSplit split) =>
        split.Attributes.TryGet("Match", out IReadOnlyList<string>? names)
        && split.Attributes.TryGet("Start", out IReadOnlyList<string>? starts)
            ? new MatchList(names, starts)
            : throw new InvalidSettingException(
                "Dataset",
                "one whose samples are windows of matches (the attributes Match and Start), such as Matches",
                dataset.Name
            );

    /// <summary>Returns the windows of a match.</summary>
    /// <exception cref="NameNotFoundException">There is none of that name.</exception>
    public int[] Find(string match) =>
        Matches.FirstOrDefault(own => names[own[0]].Equals(match, StringComparison.OrdinalIgnoreCase))
        ?? throw new NameNotFoundException("Match.NotFound", "Match", Matches.Select(own => names[own[0]]), match);

    /// <summary>Returns the name of a window's match.</summary>
    public string Name(int window) => names[window];

    /// <summary>Returns where a window begins, in seconds.</summary>
    public double Start(int window) => double.Parse(starts[window], CultureInfo.InvariantCulture);
}
