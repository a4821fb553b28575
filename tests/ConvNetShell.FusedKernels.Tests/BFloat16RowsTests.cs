using ConvNetShell.FusedKernels.Numbers;

namespace ConvNetShell.FusedKernels.Tests;

public sealed class BFloat16RowsTests
{
    [Fact]
    public unsafe void Rounding_is_to_nearest_ties_to_even_and_keeps_NaN()
    {
        uint[] bits =
        [
            0x3F800000,
            0x3F808000,
            0x3F818000,
            0x3F808001,
            0xBF818000,
            0,
            0x80000000,
            0x7F800000,
            0xFF800000, // 1, two ties, above a tie, ...
            0x7F7FFFFF,
            0x7FC00000,
            0x7F800001,
            0x7FFFFFFF,
            0xFF800001,
            0xFFFFFFFF,
            0x00000001,
            0x0000FFFF,
            0x3F800000,
        ];
        ushort[] expected =
        [
            0x3F80,
            0x3F80,
            0x3F82,
            0x3F81,
            0xBF82,
            0,
            0x8000,
            0x7F80,
            0xFF80,
            0x7F80,
            0x7FC0,
            0x7FC0,
            0x7FC0,
            0x7FC0,
            0x7FC0,
            0,
            0x0001,
            0x3F80,
        ];
        float[] numbers = [.. bits.Select(BitConverter.UInt32BitsToSingle)];
        ushort[] received = new ushort[bits.Length];
        fixed (ushort* target = received)
        {
            Assert.False(BFloat16Rows.Round(numbers, target));
        }

        Assert.Equal(expected, received);
        Assert.Equal(expected, bits.Select(number => BFloat16Rows.Round(BitConverter.UInt32BitsToSingle(number))));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(37)]
    public unsafe void A_number_that_is_not_finite_is_reported_wherever_it_is(int count)
    {
        ushort* target = stackalloc ushort[count];
        float[] numbers = [.. Enumerable.Repeat(-float.MaxValue, count)];
        Assert.True(BFloat16Rows.Round(numbers, target));
        for (int i = 0; i < count; i++)
        {
            foreach (float number in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                float[] changed = [.. numbers];
                changed[i] = number;
                Assert.False(BFloat16Rows.Round(changed, target));
            }
        }
    }
}
