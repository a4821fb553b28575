using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
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
    /// <param name="network">The network; its input is a picture, a sequence or a clip, all frames of which are changed alike.</param>
    /// <param name="split">The pictures, sequences or clips.</param>
    /// <param name="changes">The changes, one after the other.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="stop">Ends it between two changes.</param>
    /// <returns>For each change a row a layer with maps or values, and one for the output; made as they are asked for.</returns>
    /// <exception cref="ShapeMismatchException">
    /// The pictures are not the network's input, or are neither pictures, sequences nor clips.
    /// </exception>
    /// <exception cref="InvalidSettingException">A sequence is to be rotated, or the network describes images in words.</exception>
    public static IEnumerable<InvarianceRow> Measure(
        Network network,
        DatasetSplit split,
        IReadOnlyList<PictureChange> changes,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        if (!split.Shape.Equals(network.InputShape))
        {
            throw new ShapeMismatchException("The dataset", $"{network.InputShape}, as the network takes", split.Shape.ToString());
        }
        if (split.Shape.Count is not (2 or 3 or 4))
        {
            throw new ShapeMismatchException(
                "The dataset",
                "pictures (channels x height x width), sequences (channels x length) or clips (channels x frames x height x width)",
                split.Shape.ToString()
            );
        }
        if (split.Shape.Count == 2 && changes.FirstOrDefault(change => change.Name == nameof(PictureChange.Rotate)) is { } turn)
        {
            throw new InvalidSettingException("Rotate", "left out for sequences, which have one dimension", turn.Amount);
        }
        EvaluationCheck.RequireNoCaptions(network);
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
            after = network.Outputs(Change(change, pictures));
        var rows = new List<InvarianceRow>();
        var field = ReceptiveField.OfInput(network.InputShape);
        for (int i = 0; i < before.Count; i++)
        {
            NetworkLayer layer = network.Layers[i];
            field = field.Through(layer.Spec, layer.Input);
            (double error, double compared) =
                field.HasPosition && before[i].dim() == pictures.dim()
                    ? Maps(AsPlanes(before[i]), AsPlanes(after[i]), change, field, network.InputShape)
                    : (Distance(after[i], before[i]), 1);
            rows.Add(new InvarianceRow(change.Name, change.Amount, layer.Name, error, double.NaN, compared));
        }
        Tensor old = network.Logits(pictures, default),
            changed = network.Logits(Change(change, pictures), default);
        bool hasClasses = EvaluationCheck.EmbeddingLoss(network) is null;
        if (hasClasses)
        {
            (old, changed) = (nn.functional.softmax(old, 1), nn.functional.softmax(changed, 1));
        }
        double same = hasClasses ? old.argmax(1).eq(changed.argmax(1)).to(ScalarType.Float64).mean().item<double>() : double.NaN;
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
        double jump = field.Jump[^1];
        Tensor expected = change.Apply(before, 1 / jump);
        Tensor clear = Clear(field, before, input),
            picture = ones([1, 1, input.Count == 2 ? 1 : input[^2], input[^1]], before.dtype, before.device);
        Tensor mask = change.Apply(clear, 1 / jump).IsAtLeast(Inside).logical_and(clear.IsAtLeast(Inside));
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
            (int top, int bottom, int left, int right) = Region(field, i / (int)maps.shape[3], i % (int)maps.shape[3]);
            int height = input.Count == 2 ? 1 : input[^2];
            clear[i] = top >= 0 && left >= 0 && bottom < height && right < input[^1] ? 1 : 0;
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
            (int top, int bottom, int left, int right) = Region(field, i / (int)maps.shape[3], i % (int)maps.shape[3]);
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

    /// <summary>
    /// Returns the rows and columns of the input that a value depends on; a sequence is one row, a clip has frames before them.
    /// </summary>
    private static (int Top, int Bottom, int Left, int Right) Region(ReceptiveField field, int row, int column)
    {
        (int left, int right) = field.Region(field.Jump.Count - 1, column);
        (int top, int bottom) = field.Jump.Count == 1 ? (0, 0) : field.Region(field.Jump.Count - 2, row);
        return (top, bottom, left, right);
    }

    /// <summary>Returns sequences as pictures of one row, and clips as pictures with a channel for each of a frame's.</summary>
    private static Tensor AsPlanes(Tensor maps) =>
        maps.dim() switch
        {
            3 => maps.unsqueeze(2),
            5 => maps.flatten(1, 2),
            _ => maps,
        };

    private static Tensor Change(PictureChange change, Tensor pictures) => change.Apply(AsPlanes(pictures), 1).reshape(pictures.shape);

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
