using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Augmentations;

/// <summary>The random changes of one image, in this order: color, geometry, cutout.</summary>
/// <param name="Flip">Whether it is mirrored left to right.</param>
/// <param name="Down">The pixels it is moved down.</param>
/// <param name="Right">The pixels it is moved right.</param>
internal readonly record struct AugmentationSample(bool Flip, int Down, int Right)
{
    /// <summary>Gets the angle in radians, clockwise.</summary>
    public double Angle { get; init; }

    /// <summary>Gets the fraction of the side that is visible.</summary>
    public double Zoom { get; init; } = 1;

    /// <summary>Gets the center of the visible part, from -1 to 1 of the possible range.</summary>
    public (double Down, double Right) Place { get; init; }

    /// <summary>Gets what brightness, contrast and saturation are multiplied by.</summary>
    public (float Brightness, float Contrast, float Saturation) Color { get; init; } = (1, 1, 1);

    /// <summary>Gets the middle of the grey square.</summary>
    public (int Down, int Right) Cut { get; init; }

    /// <summary>Draws the changes of an image; an unused change draws no random number.</summary>
    /// <param name="augmentation">The augmentation's settings.</param>
    /// <param name="index">The image, which alternating flips go by.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="random">The stream.</param>
    public static AugmentationSample From(Augmentation augmentation, int index, int epoch, int height, int width, SeededRandom random)
    {
        bool flip = augmentation.Flip switch
        {
            FlipKind.Random => random.NextInt(2) == 1,
            FlipKind.Alternating => (new SeededRandom(index).NextInt(2) + epoch) % 2 == 1,
            _ => false,
        };
        int shift = augmentation.Shift;
        var draw = new AugmentationSample(
            flip,
            shift > 0 ? random.NextInt(2 * shift + 1) - shift : 0,
            shift > 0 ? random.NextInt(2 * shift + 1) - shift : 0
        );
        if (augmentation.Rotation > 0)
        {
            draw = draw with { Angle = random.NextDouble(-1, 1) * augmentation.Rotation * Math.PI / 180 };
        }
        if (augmentation.Crop < 1)
        {
            draw = draw with
            {
                Zoom = random.NextDouble(augmentation.Crop, 1),
                Place = (random.NextDouble(-1, 1), random.NextDouble(-1, 1)),
            };
        }
        if (augmentation.Color > 0)
        {
            draw = draw with { Color = (Around1(), Around1(), Around1()) };
        }
        if (augmentation.Cutout > 0)
        {
            draw = draw with { Cut = (random.NextInt(height), random.NextInt(width)) };
        }
        return draw;

        float Around1() => (float)(1 + random.NextDouble(-1, 1) * augmentation.Color);
    }

    /// <summary>
    /// Returns the affine map from positions of the new image to positions of the old one, both from -1 to 1 between the middles of the
    /// border
    /// pixels:
    /// six numbers, across = m0 x + m1 y + m2, down = m3 x + m4 y + m5 (as torch's affine_grid has them, corners aligned).
    /// </summary>
    public float[] Map(int height, int width)
    {
        double high = Math.Max(height - 1, 1),
            wide = Math.Max(width - 1, 1),
            mirror = Flip ? -1 : 1;
        (double sine, double cosine) = Math.SinCos(Angle);
        double offsetRight = (1 - Zoom) * Place.Right - Right * 2 / wide,
            offsetDown = (1 - Zoom) * Place.Down - Down * 2 / high;
        // The picture is mirrored first, so the horizontal terms change their sign.
        return
        [
            (float)(mirror * Zoom * cosine),
            (float)(mirror * Zoom * sine * high / wide),
            (float)(mirror * offsetRight),
            (float)(-Zoom * sine * wide / high),
            (float)(Zoom * cosine),
            (float)offsetDown,
        ];
    }
}
