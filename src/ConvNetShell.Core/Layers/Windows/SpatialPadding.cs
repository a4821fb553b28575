using ConvNetShell.Core.Numerics;
using ConvNetShell.FusedKernels.Direct.Planes;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Layers.Windows;

/// <summary>Padding as libtorch wants it: symmetric padding is the operator's own, uneven padding is done before it.</summary>
internal sealed class SpatialPadding
{
    private readonly (int Before, int After)[] amounts; // by dimension, whoever adds it
    private readonly long[]? uneven;

    /// <param name="pads">The zeros before and after, one pair for each dimension.</param>
    /// <param name="ahead">Whether symmetric padding is done before the operator too.</param>
    public SpatialPadding((int Before, int After)[] pads, bool ahead = false)
    {
        amounts = pads;
        bool even = pads.All(pad => pad.Before == pad.After && (!ahead || pad.Before == 0));
        Symmetric = [.. pads.Select(pad => even ? (long)pad.Before : 0)];
        uneven = even ? null : [.. pads.Reverse().SelectMany(pad => new long[] { pad.Before, pad.After })]; // last dimension first
    }

    /// <summary>Gets a value indicating whether there is as much on each side, so that the operator does it.</summary>
    public bool IsEven => uneven is null;

    /// <summary>Gets the padding for the operator, one number for each spatial dimension.</summary>
    public long[] Symmetric { get; }

    /// <summary>Gets a value indicating whether there is none.</summary>
    public bool IsNone => Array.TrueForAll(amounts, pad => pad == default);

    /// <summary>Returns windows with this padding; a sequence is a picture of one row.</summary>
    /// <param name="kernel">The frames, rows and columns of a window: as many as there are dimensions.</param>
    /// <param name="stride">Those from a window to the next.</param>
    public DirectWindow Window(IReadOnlyList<int> kernel, IReadOnlyList<int> stride)
    {
        int last = amounts.Length - 1;
        var window = new DirectWindow(1, kernel[last], 1, stride[last], Left: amounts[last].Before, Right: amounts[last].After);
        if (last > 0)
        {
            (int before, int after) = amounts[last - 1];
            window = window with { Rows = kernel[last - 1], RowStep = stride[last - 1], Top = before, Bottom = after };
        }
        return last < 2
            ? window
            : window with
            {
                Frames = kernel[0],
                FrameStep = stride[0],
                Front = amounts[0].Before,
                Back = amounts[0].After,
            };
    }

    /// <summary>Returns the input with uneven padding applied; the input itself where there is none.</summary>
    public Tensor PadUneven(Tensor input, double value) => uneven is null ? input : nn.functional.pad(input, uneven, value: value);

    /// <summary>Returns the shape of a batch of two (one alone takes other ways through libtorch), uneven padding applied.</summary>
    public long[] PaddedShape(Shape input)
    {
        int last = input.Count - 1;
        return
        [
            2,
            input[0],
            .. Enumerable.Range(1, last).Select(d => input[d] + (uneven is null ? 0 : uneven[2 * (last - d)] + uneven[2 * (last - d) + 1])),
        ];
    }
}
