using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Highlights;

/// <summary>How many highlights of a group were found among the best windows of each match.</summary>
/// <param name="By">The property: Side or ShownIn.</param>
/// <param name="Name">The group, for example home.</param>
/// <param name="Count">The highlights of the group.</param>
/// <param name="Found">Those that were found.</param>
public sealed record HighlightGroup(string By, string Name, int Count, int Found)
{
    /// <summary>Gets the fraction found, from 0 to 1.</summary>
    public double Recall => (double)Found / Count;

    /// <summary>Says the group and the fraction found.</summary>
    /// <returns>For example <c>Side home: 83.1 % of 172</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{By} {Name}: {ViewText.Percent(Recall)} of {Count}");
}
