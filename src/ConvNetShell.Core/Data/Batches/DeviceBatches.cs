using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Batches;

/// <summary>
/// Makes batches on a GPU: the split's bytes are copied there once, and every step gathers, augments and normalizes there, so that nothing
/// waits for the
/// processor. The draws are the same as on the processor; geometry is one resampling, bilinear with the mirror image beyond the border.
/// </summary>
internal sealed class DeviceBatches : IBatchSource
{
    private readonly Device device;
    private readonly Augmentation augmentation;
    private readonly Tensor pixels,
        labels,
        mean,
        scale;
    private readonly int channels;
    private readonly long[] order,
        first;

    public DeviceBatches(DatasetSplit split, ChannelStatistics statistics, Device device, Augmentation? augmentation = null)
    {
        this.device = device;
        this.augmentation = augmentation ?? Augmentation.None;
        this.augmentation.CheckFits(split.Shape);
        long[] spatial = [.. split.Shape.Spatial.ToArray().Select(size => (long)size)];
        channels = split.Shape.Channels;
        order = [0, spatial.Length + 1, .. Enumerable.Range(1, spatial.Length).Select(d => (long)d)];
        first = [-1, channels, .. Enumerable.Repeat(1L, spatial.Length)];
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        pixels = tensor(split.PixelArray, [split.Count, .. spatial, channels], ScalarType.Byte).to(device).DetachFromDisposeScope();
        labels = tensor(split.LabelArray.Select(label => (long)label).ToArray()).to(device).DetachFromDisposeScope();
        mean = tensor(statistics.Mean.Select(value => (float)(255 * value)).ToArray()).to(device).reshape(first).DetachFromDisposeScope();
        scale = tensor(statistics.StandardDeviation.Select(value => (float)(1 / (255 * Math.Max(value, 1e-6)))).ToArray())
            .to(device)
            .reshape(first)
            .DetachFromDisposeScope();
    }

    /// <inheritdoc />
    public (Tensor Images, Tensor Labels) Load(ReadOnlySpan<int> indices, ReadOnlySpan<AugmentationSample> draws)
    {
        Tensor chosen = tensor(Array.ConvertAll(indices.ToArray(), index => (long)index)).to(device, non_blocking: true);
        Tensor images = pixels.index_select(0, chosen).to(ScalarType.Float32).permute(order);
        if (!draws.IsEmpty && augmentation.Color > 0)
        {
            images = Color(images, draws);
        }
        images = images.sub(mean).mul_(scale);
        return (draws.IsEmpty ? images : Move(images, draws), labels.index_select(0, chosen));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Tensor kept in new[] { pixels, labels, mean, scale })
        {
            kept.Dispose();
        }
    }

    private Tensor Move(Tensor images, ReadOnlySpan<AugmentationSample> draws)
    {
        AugmentationSample[] each = draws.ToArray();
        Tensor moved = images;
        if (augmentation.Flip != FlipKind.None || augmentation.Shift > 0 || augmentation.IsWarp)
        {
            moved = Resample(images, each);
        }
        if (augmentation.Cutout > 0)
        {
            long height = images.shape[2],
                width = images.shape[3];
            Tensor outside = Outside(each, draw => draw.Cut.Down, height)
                .unsqueeze(2)
                .logical_or(Outside(each, draw => draw.Cut.Right, width).unsqueeze(1));
            moved = moved * outside.unsqueeze(1).to(moved.dtype);
        }
        return moved;
    }

    /// <summary>Clips are moved frame by frame, signals as pictures of one row.</summary>
    private Tensor Resample(Tensor images, AugmentationSample[] draws)
    {
        long[] shape = images.shape;
        Tensor flat = shape.Length switch
        {
            4 => images,
            3 => images.unsqueeze(2),
            _ => images.flatten(1, shape.Length - 3),
        };
        (int height, int width) = ((int)flat.shape[2], (int)flat.shape[3]);
        Tensor maps = tensor(draws.SelectMany(draw => draw.Map(height, width)).ToArray(), [draws.Length, 2, 3])
            .to(device, non_blocking: true);
        Tensor grid = nn.functional.affine_grid(maps, [draws.Length, flat.shape[1], height, width], align_corners: true);
        return nn.functional.grid_sample(flat, grid, padding_mode: GridSamplePaddingMode.Reflection, align_corners: true).reshape(shape);
    }

    private Tensor Outside(AugmentationSample[] draws, Func<AugmentationSample, int> middle, long size)
    {
        Tensor start = tensor(draws.Select(draw => (long)middle(draw) - augmentation.Cutout / 2).ToArray())
            .to(device, non_blocking: true)
            .unsqueeze(1);
        Tensor positions = tensor(Enumerable.Range(0, (int)size).Select(position => (long)position).ToArray())
            .to(device, non_blocking: true)
            .unsqueeze(0);
        return positions.lt(start).logical_or(positions.ge(start.Plus(augmentation.Cutout)));
    }

    private Tensor Color(Tensor images, ReadOnlySpan<AugmentationSample> draws)
    {
        AugmentationSample[] each = draws.ToArray();
        Tensor bright = images * Factor(each, draw => draw.Color.Brightness);
        Tensor mean = Grey(bright).mean([1, 2, 3], keepdim: true);
        Tensor contrast = mean.Plus((bright - mean) * Factor(each, draw => draw.Color.Contrast));
        Tensor grey = Grey(contrast);
        return grey.Plus((contrast - grey) * Factor(each, draw => draw.Color.Saturation)).Clamped(0, byte.MaxValue);
    }

    private Tensor Factor(AugmentationSample[] draws, Func<AugmentationSample, float> factor) =>
        tensor(draws.Select(factor).ToArray()).to(device, non_blocking: true).reshape(-1, 1, 1, 1);

    private Tensor Grey(Tensor images) =>
        channels == 1
            ? images
            : (images * tensor([0.299f, 0.587f, 0.114f]).to(device, non_blocking: true).reshape(first)).sum(1, keepdim: true);
}
