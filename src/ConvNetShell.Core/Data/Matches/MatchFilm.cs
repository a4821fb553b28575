using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Matches;

/// <summary>
/// The form of a window of a match: frames of grey pixels with the sound below the picture, as a film has its sound track beside the
/// frames. One byte a pixel, and one byte a sound sample (unsigned 8-bit PCM, 128 is silence).
/// </summary>
public static class MatchFilm
{
    /// <summary>The frames of a window.</summary>
    public const int Frames = 8;

    /// <summary>The rows of a frame's picture.</summary>
    public const int PictureRows = 24;

    /// <summary>The rows of a frame's sound, below its picture.</summary>
    public const int SoundRows = 16;

    /// <summary>The columns of both.</summary>
    public const int Width = 32;

    /// <summary>The seconds of a window.</summary>
    public const int Seconds = 2;

    /// <summary>The windows of a match, two minutes.</summary>
    public const int Windows = 60;

    /// <summary>The sound samples of a window.</summary>
    public const int Samples = Frames * SoundRows * Width;

    /// <summary>The sound samples of a second.</summary>
    public const int SampleRate = Samples / Seconds;

    /// <summary>The byte of silence.</summary>
    public const int Silence = 128;

    /// <summary>Gets the shape of a window: one channel, 8 frames, 40 rows of which the lower 16 are sound, 32 columns.</summary>
    public static Shape Shape { get; } = new(1, Frames, PictureRows + SoundRows, Width);

    /// <summary>Puts the picture and the sound of a window together.</summary>
    /// <param name="picture">Frames x rows x columns bytes.</param>
    /// <param name="sound">The samples in order.</param>
    /// <param name="window">Receives both, frame by frame.</param>
    internal static void Join(ReadOnlySpan<byte> picture, ReadOnlySpan<byte> sound, Span<byte> window)
    {
        const int seen = PictureRows * Width,
            heard = SoundRows * Width;
        for (int frame = 0; frame < Frames; frame++)
        {
            Span<byte> both = window.Slice(frame * (seen + heard), seen + heard);
            picture.Slice(frame * seen, seen).CopyTo(both);
            sound.Slice(frame * heard, heard).CopyTo(both[seen..]);
        }
    }

    /// <summary>Takes the picture and the sound of a window apart.</summary>
    /// <param name="window">Both, frame by frame.</param>
    /// <param name="picture">Receives frames x rows x columns bytes.</param>
    /// <param name="sound">Receives the samples in order.</param>
    internal static void Part(ReadOnlySpan<byte> window, Span<byte> picture, Span<byte> sound)
    {
        const int seen = PictureRows * Width,
            heard = SoundRows * Width;
        for (int frame = 0; frame < Frames; frame++)
        {
            ReadOnlySpan<byte> both = window.Slice(frame * (seen + heard), seen + heard);
            both[..seen].CopyTo(picture[(frame * seen)..]);
            both[seen..].CopyTo(sound[(frame * heard)..]);
        }
    }
}
