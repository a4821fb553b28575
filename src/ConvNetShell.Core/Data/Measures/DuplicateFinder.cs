using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Data.Measures;

/// <summary>Finds for each image of some splits the first one, in their order, that is the same.</summary>
internal sealed class DuplicateFinder(IReadOnlyList<DatasetSplit> splits, double tolerance)
{
    private const int Rows = 512, // compared at a time
        Columns = 8192;
    private const double RoundOff = 1e-6; // of a squared distance in single precision, of sketches from 0 to 1
    private readonly int total = splits.Sum(split => split.Count);

    /// <summary>
    /// Gets what differs between two images: the root mean square of the differences of their values, which count from 0 to 1.
    /// </summary>
    public static double Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        long sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            int difference = left[i] - right[i];
            sum += difference * difference;
        }
        return Math.Sqrt((double)sum / left.Length) / 255;
    }

    /// <summary>Returns the pairs, by the second image; all indices count through the splits.</summary>
    /// <param name="progress">Gets how many images have been compared.</param>
    /// <param name="stop">Ends the work.</param>
    public IReadOnlyList<DuplicateImage> Find(Action<int> progress, CancellationToken stop) =>
        tolerance == 0 ? Equal(progress, stop) : Similar(progress, stop);

    private List<DuplicateImage> Equal(Action<int> progress, CancellationToken stop)
    {
        var hashes = new UInt128[total];
        int before = 0;
        foreach (DatasetSplit split in splits)
        {
            int first = before;
            ParallelImages.For(
                split.Count,
                split.Store?.DecodeThreads,
                index =>
                {
                    Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
                    SHA256.HashData(split.Image(index), hash);
                    hashes[first + index] = BitConverter.ToUInt128(hash);
                },
                stop
            );
            before += split.Count;
            progress(before);
        }
        var firsts = new Dictionary<UInt128, int>();
        return
        [
            .. hashes
                .Index()
                .Where(image => !firsts.TryAdd(image.Item, image.Index))
                .Select(image => new DuplicateImage(image.Index, firsts[image.Item], 0)),
        ];
    }

    private List<DuplicateImage> Similar(Action<int> progress, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var sketches = new ImageSketches(splits[0].Shape);
        Tensor all = tensor(sketches.Of(splits, stop), [total, sketches.Length]);
        all = all - all.mean([0], keepdim: true); // a mean that all share costs digits
        Tensor norms = all.Squared().sum(1);
        var found = new List<DuplicateImage>();
        var isFound = new bool[total];
        for (int top = 0; top < total; top += Rows)
        {
            for (int left = 0; left < Math.Min(total, top + Rows); left += Columns)
            {
                stop.ThrowIfCancellationRequested();
                foreach ((int image, int earlier) in Candidates(all, norms, top, left))
                {
                    if (!isFound[image] && Difference(Image(image), Image(earlier)) is var difference && difference <= tolerance)
                    {
                        isFound[image] = true;
                        found.Add(new DuplicateImage(image, earlier, difference));
                    }
                }
            }
            progress(Math.Min(total, top + Rows));
        }
        return found;
    }

    /// <summary>Returns pairs whose sketches are within the tolerance, by image and then by the earlier one.</summary>
    private IEnumerable<(int Image, int Earlier)> Candidates(Tensor all, Tensor norms, int top, int left)
    {
        using var scope = NewDisposeScope();
        int bottom = Math.Min(total, top + Rows),
            right = Math.Min(bottom, left + Columns);
        Tensor distances = norms[TensorIndex.Slice(top, bottom)].unsqueeze(1).Plus(norms[TensorIndex.Slice(left, right)].unsqueeze(0));
        distances.addmm_(all[TensorIndex.Slice(top, bottom)], all[TensorIndex.Slice(left, right)].t(), 1, -2);
        Tensor near = distances.IsAbove((tolerance * tolerance) + RoundOff).logical_not().nonzero();
        long[] pairs = near.shape[0] == 0 ? [] : near.data<long>().ToArray();
        var candidates = new List<(int, int)>();
        for (int i = 0; i < pairs.Length; i += 2)
        {
            (int image, int earlier) = (top + (int)pairs[i], left + (int)pairs[i + 1]);
            if (earlier < image)
            {
                candidates.Add((image, earlier));
            }
        }
        return candidates;
    }

    private ReadOnlySpan<byte> Image(int index)
    {
        (DatasetSplit split, int at) = DatasetMeasurer.Find(splits, index);
        return split.Image(at);
    }
}
