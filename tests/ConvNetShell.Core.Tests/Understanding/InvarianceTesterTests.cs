using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Understanding.Comparison;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class InvarianceTesterTests
{
    /// <summary>
    /// The CIFAR10 network steps by 8 pixels: on a canvas large enough for windows off the border, 8 pixels are one cell of its last map,
    /// exactly.
    /// </summary>
    [Fact]
    public void Eight_pixels_move_the_last_map_by_one_cell()
    {
        using Network network = Wide();
        using Tensor pictures = Pictures(4, 96);
        Dictionary<string, InvarianceRow> rows = InvarianceTester
            .Measure(network, pictures, PictureChange.Shift(8))
            .ToDictionary(row => row.Layer);
        Assert.InRange(rows["pool3"].EquivarianceError, 0, 1e-5);
        Assert.InRange(rows["pool3"].Compared, 0.2, 1);
        Assert.InRange(rows["conv1"].EquivarianceError, 0, 1e-5);
    }

    [Fact]
    public void A_shift_that_is_no_whole_cell_moves_no_map_exactly()
    {
        using Network network = Wide();
        using Tensor pictures = Pictures(4, 96);
        Dictionary<string, InvarianceRow> rows = InvarianceTester
            .Measure(network, pictures, PictureChange.Shift(3))
            .ToDictionary(row => row.Layer);
        Assert.InRange(rows["conv1"].EquivarianceError, 0, 1e-5);
        Assert.True(rows["pool3"].EquivarianceError > 0.05, $"{rows["pool3"].EquivarianceError}");
    }

    [Fact]
    public void Rotations_are_not_followed()
    {
        using Network network = Wide();
        using Tensor pictures = Pictures(4, 96);
        foreach (PictureChange change in new[] { PictureChange.Rotate(90), PictureChange.Scale(1.25), PictureChange.Flip() })
        {
            InvarianceRow row = InvarianceTester.Measure(network, pictures, change).Single(row => row.Layer == "pool3");
            Assert.True(row.EquivarianceError > 0.2, $"{row}");
        }
    }

    /// <summary>At 32x32 the window of 36 is wider than the picture: every cell sees padding, and there is nothing to compare.</summary>
    [Fact]
    public void No_cell_of_the_small_network_is_off_the_border()
    {
        using Network network = NetworkFactory.FromPreset(NetworkPresets.Find("CIFAR10"));
        using Tensor pictures = Pictures(2, 32);
        InvarianceRow row = InvarianceTester.Measure(network, pictures, PictureChange.Shift(8)).Single(row => row.Layer == "pool3");
        Assert.Equal((0, true), (row.Compared, double.IsNaN(row.EquivarianceError)));
    }

    [Fact]
    public void Nothing_changes_where_nothing_is_moved()
    {
        using Network network = Wide();
        using Tensor pictures = Pictures(2, 96);
        IReadOnlyList<InvarianceRow> rows = InvarianceTester.Measure(network, pictures, PictureChange.Shift(0));
        Assert.All(rows, row => Assert.Equal(0, row.EquivarianceError, 1e-6));
        Assert.Equal(1, rows[^1].SameLabel);
    }

    [Fact]
    public void Pictures_of_another_shape_are_refused()
    {
        using Network network = Wide();
        Assert.Throws<ShapeMismatchException>(() =>
            InvarianceTester.Measure(network, ShapesGenerator.Generate(10, 0).Train, [PictureChange.Flip()]).ToList()
        );
        Assert.Throws<InvalidSettingException>(() => PictureChange.Scale(0));
    }

    private static Network Wide() => NetworkFactory.FromPreset(NetworkPresets.Find("CIFAR10"), new Shape(3, 96, 96));

    private static Tensor Pictures(int count, int side)
    {
        using var random = new Generator(5);
        return randn([count, 3, side, side], generator: random);
    }
}
