using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Comparison;

/// <summary>
/// Measures which changes of a picture a network's layers follow (equivariance) and which its prediction survives (invariance;
/// Goodfellow et al., Deep Learning, section 9.2).
/// </summary>
public static class InvarianceTester
{
    private const float Inside = 0.999f;

    /// <summary>Measures changes on pictures of a dataset.</summary>
    /// <param name="network">The network; its input is a picture.</param>
    /// <param name="split">The pictures.</param>
    /// <param name="changes">The changes, one after the other.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="stop">Ends it between two changes.</param>
    /// <returns>For each change a row a layer with maps or values, and one for the output; made as they are asked for.</returns>
    /// <exception cref="ShapeMismatchException">The pictures are not the network's input, or are no pictures.</exception>
    public static IEnumerable<InvarianceRow> Measure(
        Network network,
        DatasetSplit split,
        IReadOnlyList<PictureChange> changes,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        if (!split.Shape.Equals(network.InputShape) || split.Shape.Count != 3)
        {
            throw new ShapeMismatchException("The pictures", $"{network.InputShape}, channels x height x width", split.Shape.ToString());
        }
        Device chosen = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(chosen);
        using var loader = new BatchLoader(split, network.InputStatistics, split.Count, chosen);
        using Tensor pictures = Load(loader, split.Count);
        foreach (PictureChange change in changes)
        {
            stop.ThrowIfCancellationRequested();
            foreach (InvarianceRow row in Measure(network, pictures, change))
            {
                yield return row;
            }
        }
    }

    /// <summary>Measures one change on pictures that are normalized already.</summary>
    internal static IReadOnlyList<InvarianceRow> Measure(Network network, Tensor pictures, PictureChange change)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        IReadOnlyList<Tensor> before = network.Outputs(pictures),
            after = network.Outputs(change.Apply(pictures, 1));
        var rows = new List<InvarianceRow>();
        var field = ReceptiveField.OfInput(network.InputShape);
        for (int i = 0; i < before.Count; i++)
        {
            NetworkLayer layer = network.Layers[i];
            field = field.Through(layer.Spec, layer.Input);
            (double error, double compared) =
                field.HasPosition && before[i].dim() == 4
                    ? Maps(before[i], after[i], change, field, network.InputShape)
                    : (Distance(after[i], before[i]), 1);
            rows.Add(new InvarianceRow(change.Name, change.Amount, layer.Name, error, double.NaN, compared));
        }
        Tensor old = nn.functional.softmax(network.Logits(pictures, default), 1),
            changed = nn.functional.softmax(network.Logits(change.Apply(pictures, 1), default), 1);
        double same = old.argmax(1).eq(changed.argmax(1)).to(ScalarType.Float64).mean().item<double>();
        rows.Add(new InvarianceRow(change.Name, change.Amount, "output", Distance(changed, old), same, 1));
        return rows;
    }

    /// <summary>
    /// Compares maps where the windows of both pictures lie on the picture, so that neither padding nor what came from outside counts.
    /// </summary>
    private static (double EquivarianceError, double Compared) Maps(
        Tensor before,
        Tensor after,
        PictureChange change,
        ReceptiveField field,
        Shape input
    )
    {
        Tensor expected = change.Apply(before, 1 / field.Jump[1]);
        Tensor clear = Clear(field, before, input),
            picture = ones([1, 1, input[1], input[2]], before.dtype, before.device);
        Tensor mask = change.Apply(clear, 1 / field.Jump[1]).IsAtLeast(Inside).logical_and(clear.IsAtLeast(Inside));
        Tensor seen = Covered(change.Apply(picture, 1), field, before);
        mask = mask.logical_and(seen).to(before.dtype);
        double compared = mask.mean().item<float>();
        return (compared == 0 ? double.NaN : Distance(after * mask, expected * mask), compared);
    }

    /// <summary>Marks the positions whose receptive field does not reach into the padding.</summary>
    private static Tensor Clear(ReceptiveField field, Tensor maps, Shape input)
    {
        var clear = new float[maps.shape[2] * maps.shape[3]];
        for (int i = 0; i < clear.Length; i++)
        {
            (int top, int bottom) = field.Region(0, i / (int)maps.shape[3]);
            (int left, int right) = field.Region(1, i % (int)maps.shape[3]);
            clear[i] = top >= 0 && left >= 0 && bottom < input[1] && right < input[2] ? 1 : 0;
        }
        return tensor(clear, [1, 1, maps.shape[2], maps.shape[3]]).to(maps.device);
    }

    /// <summary>Marks the positions whose receptive field holds only pixels of the original picture.</summary>
    private static Tensor Covered(Tensor changedPicture, ReceptiveField field, Tensor maps)
    {
        float[] inside = changedPicture.cpu().contiguous().data<float>().ToArray();
        int height = (int)changedPicture.shape[2],
            width = (int)changedPicture.shape[3];
        var covered = new bool[maps.shape[2] * maps.shape[3]];
        for (int i = 0; i < covered.Length; i++)
        {
            (int top, int bottom) = field.Region(0, i / (int)maps.shape[3]);
            (int left, int right) = field.Region(1, i % (int)maps.shape[3]);
            covered[i] = true;
            for (int y = Math.Max(0, top); covered[i] && y <= Math.Min(height - 1, bottom); y++)
            {
                for (int x = Math.Max(0, left); covered[i] && x <= Math.Min(width - 1, right); x++)
                {
                    covered[i] = inside[y * width + x] >= Inside;
                }
            }
        }
        return tensor(covered, [1, 1, maps.shape[2], maps.shape[3]]).to(maps.device);
    }

    private static double Distance(Tensor received, Tensor expected)
    {
        double length = expected.norm().item<float>();
        return length == 0
            ? (received.norm().item<float>() == 0 ? 0 : double.PositiveInfinity)
            : (received - expected).norm().item<float>() / length;
    }

    private static Tensor Load(BatchLoader loader, int count)
    {
        using var scope = NewDisposeScope();
        (Tensor images, _) = loader.Load([.. Enumerable.Range(0, count)], []);
        return images.clone().MoveToOuterDisposeScope();
    }
}
