using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Analysis;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Display.Charts;
using ConvNetShell.Display.Records.Sweeps;

namespace ConvNetShell.Core.Tests.Sweeps;

public sealed class SweepChartsTests : IDisposable
{
    private static readonly KeyValuePair<string, SearchDimension> Rate = new("Rate", new SearchRange(1e-3, 1, isLog: true)),
        Kind = new("Kind", new SearchChoices(["a", "b"])),
        Momentum = new("Momentum", new SearchRange(0.5, 0.9) { When = new Dictionary<string, IReadOnlyList<object>> { ["Kind"] = ["a"] } });

    private readonly string parent = Directory.CreateTempSubdirectory("convnetshell-charts-").FullName;

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void History_has_the_trials_and_the_best_so_far()
    {
        double[] objectives = [0.3, 0.5, 0.4, 0.6];
        Sweep sweep = Run(4, attempt => objectives[attempt.Trial.Number - 1], Rate);

        SweepChart chart = SweepCharts.Of(sweep, SweepPlot.History, []);
        ChartPanel panel = Assert.Single(chart.ToChart().Panels);
        Assert.Equal([0.3, 0.5, 0.5, 0.6], panel.Series[0].Y);
        Assert.Equal(objectives, panel.Series[1].Y);
        Assert.Equal(4, chart.Best!.Number);
        Assert.True(panel.Percent);
    }

    [Fact]
    public void Slices_have_a_panel_a_parameter_and_leave_out_trials_that_do_not_use_it()
    {
        Sweep sweep = Run(12, attempt => attempt.Trial.Number, Rate, Kind, Momentum);

        IReadOnlyList<ChartPanel> panels = SweepCharts.Of(sweep, SweepPlot.Slice, []).ToChart().Panels;
        Assert.Equal(["Rate", "Kind", "Momentum"], panels.Select(panel => panel.XTitle));
        Assert.Equal([true, false, false], panels.Select(panel => panel.LogarithmicX));
        Assert.Equal(["a", "b"], panels[1].Categories);
        int used = sweep.Trials.Count(trial => trial.Parameters.ContainsKey("Momentum"));
        Assert.InRange(used, 1, 11);
        Assert.Equal(used, panels[2].Series[0].Y.Count);
    }

    [Fact]
    public void Parallel_lines_have_a_gap_where_a_parameter_is_not_used()
    {
        Sweep sweep = Run(12, attempt => attempt.Trial.Number, Rate, Kind, Momentum);

        ChartPanel panel = SweepCharts.Of(sweep, SweepPlot.Parallel, []).ToChart().Panels[0];
        Assert.Equal(["Rate", "Kind", "Momentum", "ValidationAccuracy"], panel.Categories);
        Assert.Equal(12, panel.Series.Count);
        Assert.Equal(1, panel.Series[^1].Shade); // the best is on top
        Assert.Equal(1, panel.Series[^1].Y[3]);
        Assert.Contains(panel.Series, line => double.IsNaN(line.Y[2]));
    }

    [Fact]
    public void Contour_shows_the_two_most_important_parameters_or_those_that_are_named()
    {
        Sweep sweep = Run(
            20,
            attempt =>
                -Math.Pow(Math.Log10((double)attempt.Parameters["Rate"]) + 2, 2) + ((string)attempt.Parameters["Kind"] == "b" ? 0.5 : 0),
            Momentum,
            Rate,
            Kind
        );

        SweepChart chart = SweepCharts.Of(sweep, SweepPlot.Contour, []);
        Assert.Equal(["Rate", "Kind"], chart.Parameters.Select(parameter => parameter.Name));
        Assert.Equal((40, 2), (chart.Surface!.X.Count, chart.Surface.Y.Count));
        Assert.True(chart.Surface.Rows[1].Average() > chart.Surface.Rows[0].Average());
        Assert.Equal(
            ["Momentum", "Rate"],
            SweepCharts.Of(sweep, SweepPlot.Contour, ["momentum", "rate"]).Parameters.Select(parameter => parameter.Name)
        );
        Assert.Equal("Rate", SweepCharts.Of(sweep, SweepPlot.Importance, []).Importance[0].Parameter);
    }

    [Theory]
    [InlineData(SweepPlot.History)]
    [InlineData(SweepPlot.Parallel)]
    [InlineData(SweepPlot.Importance)]
    [InlineData(SweepPlot.Slice)]
    [InlineData(SweepPlot.Intermediate)]
    public void Trials_that_all_failed_are_an_error_with_the_first_of_theirs(SweepPlot plot)
    {
        Sweep sweep = Run(3, _ => throw new InvalidOperationException("no luck"), Rate);

        string message = Assert.Throws<InvalidSettingException>(() => SweepCharts.Of(sweep, plot, [])).Message;
        Assert.Contains("0 completed, 3 failed", message, StringComparison.Ordinal);
        Assert.Contains("no luck", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_that_has_not_begun_has_a_course_without_trials_and_no_chart()
    {
        Sweep sweep = Make(5, Rate).Read();

        Assert.Empty(SweepCharts.Course(sweep).ToChart().Panels[0].Series[0].Y);
        Assert.Throws<InvalidSettingException>(() => SweepCharts.Of(sweep, SweepPlot.Slice, []));
    }

    [Fact]
    public void One_parameter_is_not_enough_for_a_contour()
    {
        Sweep sweep = Run(5, attempt => attempt.Trial.Number, Rate);

        Assert.Contains("two parameters", Error(sweep, SweepPlot.Contour), StringComparison.Ordinal);
        Assert.Equal(1, SweepCharts.Of(sweep, SweepPlot.Importance, []).Importance[0].Importance, 0.001);
    }

    [Fact]
    public void An_unknown_parameter_lists_the_known_ones()
    {
        Sweep sweep = Run(5, attempt => 1, Rate);

        string message = Assert.Throws<NameNotFoundException>(() => SweepCharts.Of(sweep, SweepPlot.Slice, ["Rat"])).Message;
        Assert.Contains("Rate", message, StringComparison.Ordinal);
    }

    private static string Error(Sweep sweep, SweepPlot plot) =>
        Assert.Throws<InvalidSettingException>(() => SweepCharts.Of(sweep, plot, [])).Message;

    private Sweep Run(int trials, Func<TrialAttempt, double> run, params KeyValuePair<string, SearchDimension>[] parameters)
    {
        SweepFolder folder = Make(trials, parameters);
        new SweepWorker(folder).Run(run, CancellationToken.None);
        return folder.Read();
    }

    private SweepFolder Make(int trials, params KeyValuePair<string, SearchDimension>[] parameters) =>
        SweepFolder.Create(
            Path.Combine(parent, "s"),
            new SweepDefinition
            {
                Created = DateTimeOffset.Now,
                Method = SweepMethod.Random,
                Parameters = new SearchSpace(parameters).Dimensions,
                Trials = trials,
                Objective = "ValidationAccuracy",
                Threads = 1,
            }
        );
}
