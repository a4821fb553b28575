using ConvNetShell.Core.Applications.Lecture;

namespace ConvNetShell.Core.Tests.Applications;

/// <summary>Maps as bytes.</summary>
public sealed class LectureMapsTests
{
    [Fact]
    public void Zero_is_the_middle_of_signed_values_and_the_bottom_of_others()
    {
        LectureMaps signed = LectureMaps.Of([-2, 0, 1, 2], 1, 1, 2, 2),
            positive = LectureMaps.Of([0, 1, 2, 4], 1, 1, 2, 2);

        Assert.Equal([1, 128, 192, 255], signed.Values.ToArray());
        Assert.Equal((-2, 2, true), (signed.Low, signed.High, signed.IsSigned));
        Assert.Equal([0, 64, 128, 255], positive.Values.ToArray());
        Assert.False(positive.IsSigned);
    }

    [Fact]
    public void Zeros_and_values_that_are_no_numbers_are_drawn()
    {
        Assert.Equal([0, 0], LectureMaps.Of([0, 0], 2, 1, 1, 1).Values.ToArray());
        LectureMaps broken = LectureMaps.Of([float.NaN, float.PositiveInfinity], 2, 1, 1, 1);
        Assert.Equal((0, 0), (broken.Low, broken.High));
        Assert.Equal(2, broken.Values.Length);
    }

    [Fact]
    public void Large_and_many_maps_are_thinned()
    {
        LectureMaps large = LectureMaps.Of(new float[224 * 224 * 100], 100, 1, 224, 224);
        Assert.Equal((56, 56, 20, 100), (large.Width, large.Height, large.Count, large.Total));
        LectureMaps units = LectureMaps.Of(new float[1000], 1000, 1, 1, 1);
        Assert.Equal((256, 1000), (units.Count, units.Total));
    }

    [Fact]
    public void A_curve_keeps_its_length_and_its_ends()
    {
        var recorder = new CurveRecorder();
        for (int i = 1; i <= 10_000; i++)
        {
            recorder.Add(i, 1.0 / i, 0.5, i < 5000 ? null : 0.25);
        }
        LectureCurve curve = recorder.ToCurve();

        Assert.InRange(curve.Examples.Count, 200, 400);
        Assert.Equal(1, curve.Examples[0]);
        Assert.True(curve.Examples[^1] > 9_900);
        Assert.Equal(curve.Examples.Order(), curve.Examples);
        Assert.Equal(1.0 / curve.Examples[7], curve.Loss[7]);
        Assert.Null(curve.TestAccuracy[0]);
        Assert.Equal(0.25, curve.TestAccuracy[^1]);
    }
}
