using System.Runtime.Intrinsics;
using ConvNetShell.FusedKernels.Vectors;

namespace ConvNetShell.FusedKernels.Tests;

public sealed class ExponentialsTests
{
    [Fact]
    public void They_are_those_of_float64_to_the_last_places()
    {
        for (double power = -87; power < 88.7; power += 0.000731)
        {
            float x = (float)power;
            double expected = Math.Exp(x);

            Assert.InRange(Of(x) / expected, 1 - 2.5e-7, 1 + 2.5e-7);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-104, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(89, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void At_the_limits_they_are_exact(float power, float expected) => Assert.Equal(expected, Of(power));

    private static float Of(float power) => Exponentials.Of(Vector512.Create(power))[3];
}
