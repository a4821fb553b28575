using ConvNetShell.FusedKernels.Normalization;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Chains;

/// <summary>
/// A convolution of 3x3 pixels with the batch normalization and the activation before it, the max pooling behind it, if there are any, and
/// what the normalization behind that needs, in float32 on the calling thread. A few images at a time are normalized, convolved and
/// measured while they are in the cache, so that memory is read and written once for all of it, and normalized values are kept nowhere.
/// </summary>
public sealed unsafe class NormalizedConvolution
{
    private readonly TilePasses passes;
    private readonly KernelScratch scratch;
    private readonly MaxPooling? pooling;
    private readonly bool isReversed;
    private readonly int each;
    private readonly nint size,
        convolved,
        result;

    /// <param name="shape">The sizes.</param>
    /// <param name="scratch">Memory to work in, which others may use before and after each call.</param>
    /// <param name="poolRows">The rows of the windows of a max pooling, which stand side by side.</param>
    /// <param name="poolColumns">Their columns; 1 of both for no pooling.</param>
    /// <param name="isReversed">Whether the last images, which a pass before has left in the cache, are computed first.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    public NormalizedConvolution(WinogradShape shape, KernelScratch scratch, int poolRows = 1, int poolColumns = 1, bool isReversed = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scratch);
        (this.scratch, this.isReversed) = (scratch, isReversed);
        passes = new TilePasses(shape, scratch);
        (size, convolved) = (passes.Grid.Images.Image, passes.Grid.Outputs.Image);
        each = ImageGroups.Each(nint.Max(size, convolved), (passes.Tiles + passes.Grid.Count - 1) / passes.Grid.Count);
        pooling =
            poolRows * poolColumns > 1 ? new MaxPooling(shape.OutputHeight, shape.OutputWidth, shape.Filters, poolRows, poolColumns) : null;
        result = pooling?.Size ?? convolved;
    }

    /// <summary>Computes outputs and measures them.</summary>
    /// <param name="values">The values of the images, pixel by pixel.</param>
    /// <param name="before">The normalization of the input, or null.</param>
    /// <param name="count">How many images.</param>
    /// <param name="filters">The filters, pixel by pixel.</param>
    /// <param name="outputs">Where the outputs go, those of the pooling if there is one.</param>
    /// <param name="positions">Where the positions in the windows go that the pooling took; not written without one.</param>
    public ChannelMoments Forward(float* values, FusedBatchNorm? before, int count, float* filters, float* outputs, int* positions)
    {
        var moments = new MomentSums(passes.Grid.Filters);
        passes.SetFilters(filters);
        (int First, int Count)[] groups = ImageGroups.All(count, each, isReversed);
        for (int i = 0; i < groups.Length; i++)
        {
            (int first, int some) = groups[i];
            float* own = outputs + first * result,
                all = pooling is null ? own : scratch.Slopes(each * convolved);
            (int then, int next) = i + 1 < groups.Length ? groups[i + 1] : (0, 0);
            float* source = Source(values + first * size, before, some);
            passes.Ahead.Plan(
                passes.Steps(some),
                [((nint)(values + then * size), next * size), ((nint)(outputs + then * result), next * result)]
            );
            passes.Forward(source, some, null, all);
            pooling?.Find(all, some, own, positions + first * result);
            moments.Add((nint)own, some * result, isBFloat16: false);
        }
        return moments.Moments();
    }

    /// <summary>
    /// Computes gradients, and returns the sums that the normalization before the convolution needs; null where there is none.
    /// </summary>
    /// <param name="given">What they are computed from, and where they go.</param>
    /// <param name="count">How many images.</param>
    public BatchNormSums? Backward(in ChainGradients given, int count)
    {
        BatchNormSums? sums = given.Before is null ? null : BatchNormSums.Of(passes.Grid.Channels);
        if (given.InputGradient is not null)
        {
            passes.SetBackwardFilters(given.Filters);
        }
        (int First, int Count)[] groups = ImageGroups.All(count, each, isReversed);
        for (int i = 0; i < groups.Length; i++)
        {
            (int first, int some) = groups[i];
            float* values = given.Values + first * size,
                input = given.InputGradient + first * size,
                slopes = Slopes(given, first, some);
            Bring(given, groups[i], i + 1 < groups.Length ? groups[i + 1] : (0, 0));
            if (given.FilterGradient is not null)
            {
                passes.AddFilterGradient(Source(values, given.Before, some), slopes, some);
            }
            if (given.InputGradient is null)
            {
                continue;
            }
            passes.InputGradient(slopes, some, input);
            if (given.Added is not null)
            {
                ShortcutKernels.Add(given.Added + first * size, some * size, input);
            }
            if (sums is not null)
            {
                given.Before!.Return((nint)values, (nint)input, some * size);
                given.Before.AddGradients((nint)values, (nint)input, some * size, isBFloat16: false, sums);
            }
        }
        if (given.FilterGradient is not null)
        {
            passes.TakeFilterGradient(given.FilterGradient);
        }
        return sums;
    }

    /// <summary>Brings what these images are written to, and what the next are computed from, to the cache meanwhile.</summary>
    private void Bring(in ChainGradients given, (int First, int Count) now, (int First, int Count) next)
    {
        int passed = (given.FilterGradient is null ? 0 : 1) + (given.InputGradient is null ? 0 : 1);
        if (passed == 0)
        {
            return;
        }
        passes.Ahead.Plan(
            passed * passes.Steps(now.Count),
            [
                ((nint)(given.InputGradient + now.First * size), given.InputGradient is null ? 0 : now.Count * size),
                ((nint)(given.Outputs + next.First * result), next.Count * result),
                ((nint)(given.Gradients + next.First * result), next.Count * result),
                ((nint)(given.Values + next.First * size), next.Count * size),
            ]
        );
    }

    /// <summary>Returns the gradients of the convolution's outputs.</summary>
    private float* Slopes(in ChainGradients given, int first, int some)
    {
        float* slopes = scratch.Slopes(each * convolved),
            own = pooling is null ? slopes : scratch.Pooled(each * result);
        given.After.Compute(
            (nint)(given.Outputs + first * result),
            (nint)(given.Gradients + first * result),
            some * result,
            isBFloat16: false,
            (nint)own
        );
        pooling?.Route(own, given.Positions + first * result, some, slopes);
        return slopes;
    }

    private float* Source(float* values, FusedBatchNorm? before, int count)
    {
        if (before is null)
        {
            return values;
        }
        float* normalized = scratch.Source(each * size);
        before.Normalize((nint)values, count * size, isBFloat16: false, (nint)normalized);
        return normalized;
    }
}
