using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display.Records.Evaluation;

namespace ConvNetShell.Core.Tests.Inference;

/// <summary>The confusion matrix agrees with the accuracy and with single predictions.</summary>
public sealed class ConfusionMatricesTests
{
    [Fact]
    public void It_counts_what_the_predictions_say()
    {
        using Network network = TinyData.Network();
        Dataset data = TinyData.Dataset(test: 150);
        network.Classes = data.Classes;
        ConfusionMatrix matrix = ConfusionMatrices.Get(MatchedSplit.Of(network, data, data.Test!), "cpu");
        AccuracyReport report = Evaluator.Measure(TinyData.Match(network, data.Test!, data.Name), "cpu");

        Assert.Equal(150, matrix.Count);
        Assert.Equal(report.Top1, matrix.Accuracy, 1e-12);
        Assert.Equal(report.PerClass.Select(name => name.Support), matrix.Counts.Select(row => row.Sum()));
        Assert.Equal(150, matrix.Classes.SelectMany(row => matrix.Classes.Select(column => matrix.Cell(row, column).Count)).Sum());
        ConfusedSample[] all = [.. matrix.Classes.SelectMany(row => matrix.Classes.SelectMany(column => matrix.Cell(row, column)))];
        foreach (ConfusedSample sample in all.Take(20))
        {
            Prediction first = Predictor.Predict(network, [sample.Sample], 1, "cpu")[0];
            Assert.Equal((first.Class, sample.Class), (sample.Predicted, data.Classes[sample.Sample.Label!.Value]));
            Assert.Equal(first.Probability, sample.Probability, 1e-5);
            Assert.Same(network, sample.Network);
        }
    }
}
