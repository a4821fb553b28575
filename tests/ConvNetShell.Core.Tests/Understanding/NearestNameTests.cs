using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Understanding;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("con1", "conv1")]
    [InlineData("CONV2", "conv2")]
    [InlineData("pol1", "pool1")]
    [InlineData("1conv", "conv1")]
    [InlineData("zebra", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_suggested_where_one_is_near(string wanted, string? expected) =>
        Assert.Equal(expected, NearestName.Of(["conv1", "conv2", "pool1"], wanted));

    [Fact]
    public void There_may_be_no_names() => Assert.Equal("one of ", NearestName.OneOf([], "x"));
}
