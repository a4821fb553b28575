using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Sweeps.Search;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class SearchTests
{
    [Theory]
    [InlineData(1, 1, false, "Maximum must be above the minimum, 1. Received: 1.")]
    [InlineData(2, 1, false, "Maximum must be above the minimum, 2. Received: 1.")]
    [InlineData(0, 1, true, "Minimum must be above 0 for a logarithmic range. Received: 0.")]
    [InlineData(double.NaN, 1, false, "Minimum must be a finite number. Received: NaN.")]
    public void A_bad_range_is_refused(double minimum, double maximum, bool isLog, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidSettingException>(() => new SearchRange(minimum, maximum, isLog)).Message);

    [Fact]
    public void A_range_without_a_whole_number_is_refused_for_integers() =>
        Assert.Throws<InvalidSettingException>(() => new SearchRange(1.2, 1.8, isInteger: true));

    [Fact]
    public void An_empty_list_is_refused() => Assert.Throws<InvalidSettingException>(() => new SearchChoices([]));

    [Fact]
    public void A_logarithmic_range_has_a_logarithmic_grid()
    {
        double[] grid = [.. new SearchRange(1e-4, 1, isLog: true).Grid().Cast<double>()];

        Assert.Equal([1e-4, 1e-3, 1e-2, 1e-1, 1], grid.Select(value => Math.Round(value, 10)));
    }

    [Fact]
    public void Values_of_a_range_are_found_again_and_stay_within_it()
    {
        var random = new SeededRandom(1);
        foreach (SearchRange range in new SearchRange[] { new(1e-4, 1e-1, isLog: true), new(-3, 7), new(1, 9, isInteger: true) })
        {
            for (int i = 0; i < 200; i++)
            {
                object value = range.Draw(random);
                Assert.InRange(Convert.ToDouble(value), range.Minimum, range.Maximum);
                Assert.Equal(Convert.ToDouble(value), Convert.ToDouble(range.FromUnit(range.ToUnit(value))), 1e-9);
            }
        }
    }

    [Fact]
    public void Whole_numbers_are_equally_likely_at_the_bounds()
    {
        var random = new SeededRandom(1);
        var range = new SearchRange(1, 3, isInteger: true);
        int[] counts =
        [
            .. Enumerable
                .Range(0, 3000)
                .Select(_ => (int)(long)range.Draw(random))
                .GroupBy(value => value)
                .OrderBy(group => group.Key)
                .Select(group => group.Count()),
        ];

        Assert.Equal(3, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 900, 1100));
    }

    [Fact]
    public void A_grid_leaves_out_a_parameter_whose_condition_does_not_hold()
    {
        var space = new SearchSpace([
            new(
                "Momentum",
                new SearchChoices([0.8, 0.9]) { When = new Dictionary<string, IReadOnlyList<object>> { ["optimizer"] = ["SGD"] } }
            ),
            new("Optimizer", new SearchChoices(["SGD", "Adam"])),
        ]);

        Assert.Equal(
            ["Optimizer SGD, Momentum 0.8", "Optimizer SGD, Momentum 0.9", "Optimizer Adam"],
            space.Grid().Select(point => point.ToString())
        );
    }

    [Fact]
    public void A_condition_on_an_unknown_parameter_is_refused() =>
        Assert.Throws<InvalidSettingException>(() =>
            new SearchSpace([new("A", new SearchChoices([1]) { When = new Dictionary<string, IReadOnlyList<object>> { ["B"] = [1] } })])
        );

    [Fact]
    public void The_identity_is_that_of_the_parameters_whatever_their_order_and_type()
    {
        var first = new TrialParameters { { "Rate", 1.0 }, { "Optimizer", "SGD" } };
        var second = new TrialParameters { { "optimizer", "SGD" }, { "rate", 1L } };

        Assert.Equal(first.Identity(0), second.Identity(0));
        Assert.NotEqual(first.Identity(0), first.Identity(1));
        Assert.NotEqual(first.Identity(0), new TrialParameters { { "Rate", 1.1 }, { "Optimizer", "SGD" } }.Identity(0));
    }
}
