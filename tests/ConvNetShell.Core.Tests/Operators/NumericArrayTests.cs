using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Operators;

public sealed class NumericArrayTests
{
    [Fact]
    public void Lists_of_lists_and_boxes_are_read()
    {
        Assert.Equal(
            "2x3",
            NumericArray.Read("-X", new object[] { new object[] { 1, 2.5f, "3" }, new object[] { 4L, true, 6m } }).ToString()
        );
        Assert.Equal(
            [1, 2, 3, 4],
            NumericArray
                .Read(
                    "-X",
                    new[,]
                    {
                        { 1, 2 },
                        { 3, 4 },
                    }
                )
                .Values
        );
        Assert.Equal("1", NumericArray.Read("-X", 7).ToString());
        Assert.Equal(1, NumericArray.Read("-X", new[] { 1, double.NaN }).NaNCount);
    }

    [Fact]
    public void Arrays_come_back_nested()
    {
        var box = new NumericArray([.. Enumerable.Range(0, 12).Select(i => (double)i)], 2, 3, 2);
        Array nested = box.ToArray();
        Assert.Equal(12, NumericArray.Read("-X", nested).Values.Count);
        Assert.Equal([8, 9], ((double[][])nested.GetValue(1)!)[1]);
    }

    public static TheoryData<object?, string> Rubbish =>
        new()
        {
            { Array.Empty<object>(), "Received: 'an empty array'" },
            { new object[] { Array.Empty<object>() }, "Received: 'an empty array'" },
            { new object[] { new object[] { 1, 2 }, new object[] { 3 } }, "lists of equal length (2 at depth 2). Received: 'one of 1'" },
            { new object[] { 1, new object[] { 2 } }, "numbers at one depth of lists only" },
            { new object[] { new object[] { 1 }, 2 }, "a number beside a list at depth 1" },
            { new object[] { "two" }, "Received: 'two'" },
            { null, "numbers, or lists of numbers" },
        };

    [Theory]
    [MemberData(nameof(Rubbish))]
    public void Rubbish_is_named(object? value, string message)
    {
        InvalidSettingException error = Assert.Throws<InvalidSettingException>(() => NumericArray.Read("-X", value));
        Assert.StartsWith("-X must be ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
