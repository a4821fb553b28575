using ConvNetShell.Core.Errors;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>A change of a picture that can be done to its maps too.</summary>
/// <param name="Name">Shift, Rotate, Scale or Flip.</param>
/// <param name="Amount">Pixels to the right, degrees counterclockwise, a factor; 1 for a flip.</param>
public sealed record PictureChange(string Name, double Amount)
{
    /// <summary>Returns a shift to the right by so many pixels; to the left where negative.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <returns>The change.</returns>
    public static PictureChange Shift(int pixels) => new(nameof(Shift), pixels);

    /// <summary>Returns a rotation about the middle, counterclockwise.</summary>
    /// <param name="degrees">The angle.</param>
    /// <returns>The change.</returns>
    public static PictureChange Rotate(double degrees) => new(nameof(Rotate), degrees);

    /// <summary>Returns an enlargement about the middle.</summary>
    /// <param name="factor">The factor, above 0.</param>
    /// <returns>The change.</returns>
    /// <exception cref="InvalidSettingException">The factor is not above 0.</exception>
    public static PictureChange Scale(double factor) =>
        factor > 0 && double.IsFinite(factor)
            ? new PictureChange(nameof(Scale), factor)
            : throw new InvalidSettingException("Scale", "finite factors above 0", factor);

    /// <summary>Returns a flip, left to right.</summary>
    /// <returns>The change.</returns>
    public static PictureChange Flip() => new(nameof(Flip), 1);

    /// <summary>Changes a batch of pictures or maps; values from outside are 0.</summary>
    /// <param name="maps">N x C x H x W.</param>
    /// <param name="columnsPerPixel">The map positions for a pixel of the picture: 1 for the picture itself, 1 / jump for maps.</param>
    internal Tensor Apply(Tensor maps, double columnsPerPixel)
    {
        if (Name == nameof(Flip))
        {
            return maps.flip(3);
        }
        double columns = Amount * columnsPerPixel;
        if (Name == nameof(Shift) && columns == Math.Floor(columns))
        {
            return Move(maps, (long)columns);
        }
        double angle = Name == nameof(Rotate) ? Amount * Math.PI / 180 : 0,
            size = Name == nameof(Scale) ? Amount : 1;
        double aspect = (double)maps.shape[2] / maps.shape[3],
            shift = Name == nameof(Shift) ? 2 * columns / maps.shape[3] : 0;
        // The source of each position, in coordinates from -1 to 1.
        float[] matrix =
        [
            (float)(Math.Cos(angle) / size),
            (float)(-Math.Sin(angle) * aspect / size),
            (float)-shift,
            (float)(Math.Sin(angle) / aspect / size),
            (float)(Math.Cos(angle) / size),
            0,
        ];
        Tensor theta = tensor(matrix, [1, 2, 3]).to(maps.device).expand(maps.shape[0], 2, 3);
        Tensor grid = nn.functional.affine_grid(theta, maps.shape, align_corners: false);
        return nn.functional.grid_sample(maps.contiguous(), grid, align_corners: false);
    }

    private static Tensor Move(Tensor maps, long columns)
    {
        long width = maps.shape[3],
            kept = Math.Max(0, width - Math.Abs(columns));
        Tensor moved = zeros_like(maps);
        if (kept > 0)
        {
            moved.narrow(3, Math.Max(0, columns), kept).copy_(maps.narrow(3, Math.Max(0, -columns), kept));
        }
        return moved;
    }
}
