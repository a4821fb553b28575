using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>Whether a run's first steps, trained again, give the same weights.</summary>
/// <param name="Steps">The steps that were compared.</param>
/// <param name="Same">Whether the weights after each were the same, bit for bit.</param>
/// <param name="FirstDifference">The first step after which they were not; <see langword="null"/> where all were.</param>
/// <param name="Changes">The differences since the run: versions, threads, device, data. Empty if there are none.</param>
public sealed record ReproductionReport(int Steps, bool Same, int? FirstDifference, IReadOnlyList<string> Changes)
{
    /// <summary>Says the result.</summary>
    /// <returns>For example <c>20 steps give the same weights</c>.</returns>
    public override string ToString()
    {
        string changes = string.Join(", ", Changes);
        return Same
            ? string.Create(CultureInfo.InvariantCulture, $"{Steps} steps give the same weights")
                + (changes.Length == 0 ? string.Empty : $", although {changes}")
            : string.Create(CultureInfo.InvariantCulture, $"the weights differ after step {FirstDifference} of {Steps}; ")
                + (changes.Length == 0 ? "nothing that is recorded has changed" : changes);
    }
}
