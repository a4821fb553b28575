using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Losses;
using ConvNetShell.Core.Training.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Training.Losses;

/// <summary>The losses of embeddings against plain loops over the pairs of a batch.</summary>
public sealed class EmbeddingLossTests : IDisposable
{
    private const int Count = 12,
        Length = 5;
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly int[] labels = [.. Enumerable.Range(0, Count).Select(i => i % 4)];
    private readonly double[][] unit;
    private readonly Tensor outputs;

    public EmbeddingLossTests()
    {
        var random = new SeededRandom(5);
        float[][] rows = [.. Enumerable.Range(0, Count).Select(_ => Row(random))];
        outputs = tensor(rows.SelectMany(row => row).ToArray(), [Count, Length]).requires_grad_(true);
        unit = [.. rows.Select(row => Array.ConvertAll(row, value => value / Math.Sqrt(row.Sum(other => (double)other * other))))];
    }

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Triplets_take_the_nearest_other_that_is_farther_than_the_partner()
    {
        double sum = 0;
        int pairs = 0;
        foreach ((int anchor, int partner) in Pairs().Where(pair => labels[pair.A] == labels[pair.B]))
        {
            double[] others = [.. Enumerable.Range(0, Count).Where(i => labels[i] != labels[anchor]).Select(i => Square(anchor, i))];
            double[] farther = [.. others.Where(distance => distance > Square(anchor, partner))];
            sum += Math.Max(0, Square(anchor, partner) - (farther.Length > 0 ? farther.Min() : others.Max()) + 0.3);
            pairs++;
        }
        Assert.Equal(sum / pairs, Cost(new TrainingSettings { Loss = LossKind.Triplet, Margin = 0.3 }), 5);
    }

    [Fact]
    public void Contrast_draws_pairs_of_a_class_together_and_others_apart_up_to_the_margin()
    {
        double[] same = [.. Pairs().Where(pair => labels[pair.A] == labels[pair.B]).Select(pair => Square(pair.A, pair.B))];
        double[] different =
        [
            .. Pairs()
                .Where(pair => labels[pair.A] != labels[pair.B])
                .Select(pair => Math.Pow(Math.Max(0, 0.9 - Math.Sqrt(Square(pair.A, pair.B))), 2)),
        ];
        Assert.Equal(
            (same.Average() + different.Average()) / 2,
            Cost(new TrainingSettings { Loss = LossKind.Contrastive, Margin = 0.9 }),
            4
        );
    }

    [Fact]
    public void ArcFace_enlarges_the_angle_to_the_own_direction()
    {
        var settings = new TrainingSettings
        {
            Loss = LossKind.ArcFace,
            Margin = 0.4,
            LossScale = 8,
            Seed = 3,
        };
        var loss = (ArcFaceLoss)EmbeddingLoss.Create(settings, Split(), Length, CPU)!;
        using (loss)
        {
            double[] numbers = [.. loss.Parameters[0].Value.data<float>().ToArray().Select(value => (double)value)];
            double[][] directions = [.. numbers.Chunk(Length)];
            Assert.Equal(4, directions.Length);
            double sum = 0;
            for (int i = 0; i < Count; i++)
            {
                double[] cosines = [.. directions.Select(direction => direction.Zip(unit[i], (a, b) => a * b).Sum())];
                double angle = Math.Acos(cosines[labels[i]]);
                cosines[labels[i]] = angle + 0.4 > Math.PI ? cosines[labels[i]] - 0.4 * Math.Sin(0.4) : Math.Cos(angle + 0.4);
                sum += Math.Log(cosines.Sum(cosine => Math.Exp(8 * cosine))) - (8 * cosines[labels[i]]);
            }
            Assert.Equal(sum / Count, loss.Of(outputs, Labels(), null).Cost.item<float>(), 4);
        }
    }

    [Fact]
    public void ArcFace_has_directions_for_the_classes_of_Train_only()
    {
        var split = new DatasetSplit("Train", new Shape(1, 1, 1), new byte[4], [7, 7, 9, 9]);
        using EmbeddingLoss loss = EmbeddingLoss.Create(new TrainingSettings { Loss = LossKind.ArcFace }, split, Length, CPU)!;
        Assert.Equal([2, Length], loss.Parameters[0].Value.shape);
        (Tensor cost, _, Tensor targets) = loss.Of(outputs[..4], tensor(new long[] { 7, 9, 9, 7 }), null);
        Assert.Equal([0, 1, 1, 0], targets.data<long>().ToArray());
        Assert.True(double.IsFinite(cost.item<float>()));
    }

    [Theory]
    [InlineData(LossKind.Triplet)]
    [InlineData(LossKind.Contrastive)]
    [InlineData(LossKind.ArcFace)]
    public void An_image_that_weighs_nothing_has_no_gradient_of_its_own_class(LossKind kind)
    {
        using EmbeddingLoss loss = EmbeddingLoss.Create(new TrainingSettings { Loss = kind }, Split(), Length, CPU)!;
        Tensor weights = zeros(Count);
        (Tensor cost, Tensor scores, Tensor targets) = loss.Of(outputs, Labels(), weights);
        cost.backward();
        Assert.Equal(0, cost.item<float>());
        Assert.Equal(0, outputs.grad!.abs().sum().item<float>());
        Assert.Equal(Count, scores.shape[0]);
        Assert.Equal([Count], targets.shape);
    }

    [Fact]
    public void Equal_images_and_batches_of_one_class_have_finite_gradients()
    {
        foreach (LossKind kind in new[] { LossKind.Triplet, LossKind.Contrastive, LossKind.ArcFace })
        {
            using EmbeddingLoss loss = EmbeddingLoss.Create(new TrainingSettings { Loss = kind }, Split(), Length, CPU)!;
            Tensor same = ones(4, Length).requires_grad_(true);
            Tensor cost = loss.Of(same, zeros(4, ScalarType.Int64), null).Cost;
            cost.backward();
            Assert.True(double.IsFinite(cost.item<float>()), kind.ToString());
            Assert.True(double.IsFinite(same.grad!.abs().sum().item<float>()), kind.ToString());
        }
    }

    private static float[] Row(SeededRandom random) => [.. Enumerable.Range(0, Length).Select(_ => (float)random.NextGaussian())];

    private double Cost(TrainingSettings settings)
    {
        using EmbeddingLoss loss = EmbeddingLoss.Create(settings, Split(), Length, CPU)!;
        return loss.Of(outputs, Labels(), null).Cost.item<float>();
    }

    private DatasetSplit Split() => new("Train", new Shape(1, 1, 1), new byte[Count], labels);

    private Tensor Labels() => tensor(labels.Select(label => (long)label).ToArray());

    private IEnumerable<(int A, int B)> Pairs() =>
        from a in Enumerable.Range(0, Count)
        from b in Enumerable.Range(0, Count)
        where a != b
        select (a, b);

    private double Square(int first, int second) => unit[first].Zip(unit[second], (a, b) => (a - b) * (a - b)).Sum();
}
