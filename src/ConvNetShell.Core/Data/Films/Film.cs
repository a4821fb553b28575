using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Data.Films;

/// <summary>A film in windows that have the form of <see cref="MatchFilm"/>: frames of grey pixels with the sound below them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Windows">The windows in order, <see cref="MatchFilm.Seconds"/> apart; their labels mean nothing.</param>
/// <param name="Length">How long the film is, in seconds.</param>
/// <param name="HasSound">Whether it has a sound track; without one the windows are silent.</param>
public sealed record Film(string Path, DatasetSplit Windows, double Length, bool HasSound)
{
    /// <summary>Gets the name of the file.</summary>
    public string Name => VisibleText.Of(System.IO.Path.GetFileName(Path));

    /// <summary>Says the name, the number of windows and whether there is sound.</summary>
    /// <returns>For example <c>film.mp4: 60 windows of 2 s, with sound</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant(
            $"{Name}: {Windows.Count} windows of {MatchFilm.Seconds} s, {(HasSound ? "with sound" : "without sound")}"
        );
}
