using ConvNetShell.Core.Applications.Embeddings;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display.Records.Embeddings;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Applications;

/// <summary>Figures by group.</summary>
public sealed class GroupedVerificationTests
{
    [Fact]
    public void A_group_whose_people_look_alike_has_the_false_accepts()
    {
        using Network network = TinyData.Network("flatten fc3");
        Dataset data = Pictures(alike: true);
        VerificationReport report = Verification.Measure(network, data, data.Test!, Options(data, threshold: 0.999999));
        Assert.Equal("Kind", report.By);
        Assert.Equal(["alike", "clear"], report.Groups.Select(group => group.Group));
        Assert.Equal((1, 0), (report.Groups[0].FalseAcceptRate, report.Groups[1].FalseAcceptRate));
        Assert.Equal((6, 15 * 4), (report.Groups[0].Classes, report.Groups[0].DifferentPairs));
        Assert.Equal(0, report.Groups[0].FalseRejectRate);
        Assert.Equal(1, report.FalseAcceptGap);
        Assert.True(report.FalseAcceptGapPValue < 0.01);
        Assert.Equal("given", report.ThresholdFrom);
    }

    [Fact]
    public void Accuracies_of_groups_have_intervals_and_a_probability()
    {
        using Network network = TinyData.Network();
        MatchedSplit matched = TinyData.Match(network, TinyData.Easy(30, 1));
        string[] groups = [.. Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? "even" : "odd")];
        GroupAccuracyReport report = GroupedAccuracy.Measure(matched, "Parity", groups, "cpu");
        AccuracyReport whole = Evaluator.Measure(matched, "cpu");
        Assert.Equal(whole.Top1, report.Accuracy, 12);
        Assert.Equal(30, report.Groups.Sum(group => group.Count));
        Assert.Equal(whole.Top1, report.Groups.Sum(group => group.Correct) / 30.0, 12);
        Assert.All(report.Groups, group => Assert.InRange(group.Accuracy, group.Low, group.High));
        Assert.InRange(report.PValue, 0.0001, 1);
        Assert.Throws<InvalidSettingException>(() => GroupedAccuracy.Measure(matched, "Parity", ["one"], "cpu"));
    }

    [Fact]
    public void Errors_of_groups_are_those_of_one_class_or_the_mean_of_all_against_all_others()
    {
        int[] labels = [0, 0, 0, 0, 1, 1, 2, 2],
            predicted = [0, 0, 1, 2, 1, 0, 2, 2],
            groups = [.. Enumerable.Repeat(0, 8)];
        GroupAccuracy all = new("all", 8, 5, 0, 1);
        GroupAccuracy one = new GroupErrors(labels, predicted, 3, 0).Add(all, groups, 0);
        Assert.Equal((0.25, 0.5), (one.FalseAcceptRate, one.FalseRejectRate)); // one of four others; two of four
        Assert.Equal((0.0456, 0.6994), (Math.Round(one.FalseAcceptLow, 4), Math.Round(one.FalseAcceptHigh, 4))); // Wilson's of 1 in 4
        GroupAccuracy mean = new GroupErrors(labels, predicted, 3, null).Add(all, groups, 0);
        Assert.Equal((1 / 4.0 + 1 / 6.0 + 1 / 6.0) / 3, mean.FalseAcceptRate, 12);
        Assert.Equal((2 / 4.0 + 1 / 2.0 + 0) / 3, mean.FalseRejectRate, 12);
        Assert.InRange(mean.FalseRejectRate, mean.FalseRejectLow, mean.FalseRejectHigh);
        GroupAccuracy empty = new GroupErrors([1, 1], [1, 0], 2, 1).Add(all, [0, 0], 0);
        Assert.True(double.IsNaN(empty.FalseAcceptRate)); // no image of another class
        Assert.Equal(0.5, empty.FalseRejectRate);
    }

    [Fact]
    public void A_gap_of_errors_is_more_than_chance_where_one_group_has_them_all()
    {
        int[] groups = [.. Enumerable.Range(0, 40).Select(i => i % 2)],
            labels = [.. Enumerable.Range(0, 40).Select(i => i / 2 % 2)],
            odd = [.. labels.Select((label, i) => groups[i] == 1 ? 1 - label : label)],
            even = [.. labels.Select((label, i) => i < 8 ? 1 - label : label)];
        foreach (bool ofAccepts in new[] { true, false })
        {
            Assert.True(new GroupErrors(labels, odd, 2, 1).Probability(groups, 2, ofAccepts, 0, default) < 0.01);
            Assert.True(new GroupErrors(labels, even, 2, 1).Probability(groups, 2, ofAccepts, 0, default) > 0.5);
        }
    }

    private static VerificationOptions Options(Dataset data, double threshold) =>
        new()
        {
            Threshold = threshold,
            Device = "cpu",
            By = "Kind",
            Groups = data.Test!.Attributes.TryGet("Kind", out IReadOnlyList<string>? kinds) ? kinds : null,
        };

    /// <summary>Twelve people with two equal pictures each; the first six all look the same.</summary>
    private static Dataset Pictures(bool alike)
    {
        int size = (int)TinyData.Picture.Elements;
        int[] labels = [.. Enumerable.Range(0, 24).Select(i => i % 12)];
        byte[] pixels =
        [
            .. labels.SelectMany(label => TinyData.Noise(1, 1, TinyData.Picture, alike && label < 6 ? 0 : label).Image(0).ToArray()),
        ];
        var split = new DatasetSplit("Test", TinyData.Picture, pixels, labels)
        {
            Attributes = new SampleAttributes(
                new Dictionary<string, IReadOnlyList<string>> { ["Kind"] = [.. labels.Select(label => label < 6 ? "alike" : "clear")] }
            ),
        };
        var train = new DatasetSplit("Train", TinyData.Picture, new byte[size], [0]);
        return new Dataset("People", "test", [.. Enumerable.Range(0, 12).Select(i => $"p{i}")], train, null, split);
    }
}
