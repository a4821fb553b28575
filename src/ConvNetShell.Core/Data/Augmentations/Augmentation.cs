using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>What training does to an image before the network sees it; each image gets its own draw, validation none.</summary>
public sealed record Augmentation
{
    /// <summary>Images as they are.</summary>
    public static readonly Augmentation None = new();

    /// <summary>Initializes a new instance of the <see cref="Augmentation"/> class that does nothing yet.</summary>
    public Augmentation() { }

    /// <summary>Initializes a new instance of the <see cref="Augmentation"/> class.</summary>
    /// <param name="flip">Whether half of the images are mirrored left to right.</param>
    /// <param name="shift">The most pixels an image is moved in each direction; the border is mirrored. 0 moves nothing.</param>
    /// <exception cref="InvalidSettingException">The shift is negative.</exception>
    public Augmentation(bool flip, int shift)
    {
        Flip = flip ? FlipKind.Random : FlipKind.None;
        Shift = shift;
    }

    /// <summary>Gets whether images are mirrored left to right.</summary>
    public FlipKind Flip { get; init; }

    /// <summary>Gets the most pixels an image is moved in each direction; what lies beyond the border is mirrored in.</summary>
    public int Shift
    {
        get;
        init => field = AtLeast0("Shift", "0 or more pixels", value);
    }

    /// <summary>Gets the smallest fraction of height and width that is cropped and enlarged to the full size; 1 crops nothing.</summary>
    public double Crop
    {
        get;
        init => field = Within("Crop", "a fraction of the side above 0 and at most 1", value, value is > 0 and <= 1);
    } = 1;

    /// <summary>
    /// Gets the side in pixels of a square that is made gray (the mean of the data) at a random position; 0 makes none (DeVries and Taylor,
    /// arXiv 1708.04552).
    /// </summary>
    public int Cutout
    {
        get;
        init => field = AtLeast0("Cutout", "0 or more pixels", value);
    }

    /// <summary>Gets the largest angle in degrees, to either side.</summary>
    public double Rotation
    {
        get;
        init => field = Within("Rotation", "from 0 to 180 degrees", value, value is >= 0 and <= 180);
    }

    /// <summary>
    /// Gets the largest fraction by which brightness, contrast and saturation change, each on its own; 0 changes nothing.
    /// </summary>
    public double Color
    {
        get;
        init => field = Within("Color", "0 or more and below 1", value, value is >= 0 and < 1);
    }

    /// <summary>
    /// Gets the parameter of the Beta distribution by which two images and their labels are mixed; 0 mixes none (Zhang et al., arXiv
    /// 1710.09412).
    /// </summary>
    public double Mixup
    {
        get;
        init => field = Within("Mixup", "a finite number of 0 or more", value, value >= 0 && double.IsFinite(value));
    }

    /// <summary>
    /// Gets the parameter of the Beta distribution of the area that a box of another image covers; 0 covers none (Yun et al., arXiv
    /// 1905.04899).
    /// </summary>
    public double CutMix
    {
        get;
        init => field = Within("CutMix", "a finite number of 0 or more", value, value >= 0 && double.IsFinite(value));
    }

    /// <summary>Gets a value indicating whether single images are changed.</summary>
    internal bool ChangesImages => Flip != FlipKind.None || Shift > 0 || Cutout > 0 || Color > 0 || IsWarp;

    /// <summary>Gets a value indicating whether images are resampled.</summary>
    internal bool IsWarp => Crop < 1 || Rotation > 0;

    /// <summary>Gets a value indicating whether images of a batch are mixed with each other.</summary>
    internal bool Mixes => Mixup > 0 || CutMix > 0;

    /// <summary>Lists the changes.</summary>
    /// <returns>For example <c>flip, shift 2</c>; <c>none</c> where nothing is.</returns>
    public override string ToString()
    {
        string text = string.Join(
            ", ",
            new[]
            {
                Flip == FlipKind.None ? null
                : Flip == FlipKind.Random ? "flip"
                : "alternating flip",
                If(Shift > 0, $"shift {Shift}"),
                If(Crop < 1, $"crop {Crop}"),
                If(Rotation > 0, $"rotation {Rotation}"),
                If(Color > 0, $"color {Color}"),
                If(Cutout > 0, $"cutout {Cutout}"),
                If(Mixup > 0, $"mixup {Mixup}"),
                If(CutMix > 0, $"cutmix {CutMix}"),
            }.OfType<string>()
        );
        return text.Length == 0 ? "none" : text;
    }

    /// <summary>Checks that the changes suit samples of a shape.</summary>
    /// <exception cref="InvalidSettingException">Something is for pictures only, or larger than they are.</exception>
    internal void CheckFits(Shape shape)
    {
        bool picture = shape.Count == 3;
        if (!picture && (IsWarp || Cutout > 0 || Color > 0 || CutMix > 0))
        {
            throw new InvalidSettingException(
                "The augmentation",
                $"of flip, shift and mixup for samples of {shape}, which are no pictures",
                ToString()
            );
        }
        if (Color > 0 && shape.Channels is not (1 or 3))
        {
            throw new InvalidSettingException(
                "Color",
                $"left out for pictures of {shape.Channels} channels, which are neither grey nor red, green and blue",
                Color
            );
        }
        if (picture && Cutout > Math.Min(shape[1], shape[2]))
        {
            throw new InvalidSettingException("Cutout", $"at most the side of the pictures of {shape}", Cutout);
        }
    }

    private static string? If(bool isSaid, FormattableString text) => isSaid ? text.ToString(CultureInfo.InvariantCulture) : null;

    private static int AtLeast0(string setting, string expected, int value) =>
        value >= 0 ? value : throw new InvalidSettingException(setting, expected, value);

    private static double Within(string setting, string expected, double value, bool isWithin) =>
        isWithin ? value : throw new InvalidSettingException(setting, expected, value);
}
