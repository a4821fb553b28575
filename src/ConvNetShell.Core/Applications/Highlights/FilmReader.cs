using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Highlights;

namespace ConvNetShell.Core.Applications.Highlights;

/// <summary>Takes the picture and the sound of windows apart.</summary>
internal static class FilmReader
{
    /// <summary>Checks that windows have the form of <see cref="MatchFilm"/>.</summary>
    /// <exception cref="ShapeMismatchException">They have another.</exception>
    public static void Require(Dataset dataset, DatasetSplit split)
    {
        if (!split.Shape.Equals(MatchFilm.Shape))
        {
            throw new ShapeMismatchException($"the windows of {dataset.Name}", MatchFilm.Shape.ToString(), split.Shape.ToString());
        }
    }

    /// <summary>Returns the frames and the sound of a window.</summary>
    public static FilmWindow Read(ReadOnlySpan<byte> window)
    {
        var picture = new byte[MatchFilm.Frames * MatchFilm.PictureRows * MatchFilm.Width];
        var sound = new byte[MatchFilm.Samples];
        MatchFilm.Part(window, picture, sound);
        return new FilmWindow(MatchFilm.Frames, MatchFilm.PictureRows, MatchFilm.Width, picture, sound, MatchFilm.SampleRate);
    }

    /// <summary>Returns how loud a window is: the mean square of its sound.</summary>
    public static double Loudness(ReadOnlySpan<byte> window)
    {
        double sum = 0;
        foreach (byte value in Read(window).Sound)
        {
            sum += (value - MatchFilm.Silence) * (value - MatchFilm.Silence);
        }
        return sum / MatchFilm.Samples;
    }
}
