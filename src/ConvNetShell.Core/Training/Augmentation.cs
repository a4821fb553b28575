using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Training;

/// <summary>What training does to an image before the network sees it; each image gets its own draw, validation none.</summary>
public sealed record Augmentation
{
    /// <summary>Images as they are.</summary>
    public static readonly Augmentation None = new(flip: false, shift: 0);

    /// <summary>Initializes a new instance of the <see cref="Augmentation"/> class.</summary>
    /// <param name="flip">Whether half of the images are mirrored left to right.</param>
    /// <param name="shift">The most pixels an image is moved in each direction; the border is mirrored. 0 moves nothing.</param>
    /// <exception cref="InvalidSettingException">The shift is negative.</exception>
    public Augmentation(bool flip, int shift)
    {
        Flip = flip;
        Shift = shift >= 0 ? shift : throw new InvalidSettingException("-Shift", "0 or more pixels", shift);
    }

    /// <summary>Gets a value indicating whether half of the images are mirrored left to right.</summary>
    public bool Flip { get; }

    /// <summary>Gets the most pixels an image is moved.</summary>
    public int Shift { get; }

    /// <summary>Says what is done.</summary>
    /// <returns>For example <c>flip, shift 2</c>; <c>none</c> where nothing is.</returns>
    public override string ToString()
    {
        string[] parts = [.. Flip ? new[] { "flip" } : [], .. Shift > 0 ? new[] { FormattableString.Invariant($"shift {Shift}") } : []];
        return parts.Length == 0 ? "none" : string.Join(", ", parts);
    }
}
