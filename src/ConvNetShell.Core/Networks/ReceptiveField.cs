using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Recurrent;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Networks;

/// <summary>
/// What part of the network's input one value depends on, in each spatial dimension. A window that spans k widens it by
/// (k - 1) jumps and a stride multiplies the jump (Araujo et al., Computing Receptive Fields, distill.pub 2019); behind a dense,
/// recurrent or global layer every value sees the whole input and has no position any more. The sound of a film has none either: its
/// sequence runs through rows of all frames.
/// </summary>
internal sealed class ReceptiveField
{
    private readonly Shape input;
    private readonly double[] size,
        jump,
        start;

    private ReceptiveField(Shape input, double[] size, double[] jump, double[] start)
    {
        this.input = input;
        (this.size, this.jump, this.start) = (size, jump, start);
    }

    /// <summary>Gets the pixels it spans in each dimension; padding counts, so it may be larger than the input.</summary>
    public IReadOnlyList<double> Size => size;

    /// <summary>Gets the pixels between two neighbors in each dimension; 0 if values have no position.</summary>
    public IReadOnlyList<double> Jump => jump;

    /// <summary>Gets the center of the first value's field in each dimension; the middle of the first pixel is 0.</summary>
    public IReadOnlyList<double> Start => start;

    /// <summary>Gets a value indicating whether values still have a position.</summary>
    public bool HasPosition => jump.Any(step => step > 0);

    /// <summary>Gets the pixels along the longer side, rounded up.</summary>
    public int Pixels => (int)Math.Ceiling(size.Max());

    /// <summary>Gets the pixels between two neighbors, the larger of all directions, rounded up.</summary>
    public int Step => (int)Math.Ceiling(jump.Max());

    /// <summary>Returns the field of an input value: itself. A vector has no positions: its field is the whole vector.</summary>
    public static ReceptiveField OfInput(Shape input)
    {
        int dimensions = Math.Max(1, input.Count - 1);
        double[] one = [.. Enumerable.Repeat(1.0, dimensions)];
        return new ReceptiveField(input, one, one, new double[dimensions]);
    }

    /// <summary>Returns the field of a layer's outputs, given the field of its inputs.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="shape">The shape that goes into it.</param>
    public ReceptiveField Through(LayerSpec layer, Shape shape) =>
        layer switch
        {
            DenseSpec or RecurrentSpec or CaptionSpec or StreamSpec { Stream: StreamKind.Sound } or AdaptivePoolSpec { Size: null } =>
                Whole(),
            _ when !HasPosition || shape.Count < 2 => this,
            BlockSpec block => Union([.. block.Branches(shape).Select(branch => Follow(branch, shape))]),
            TransposedConvSpec transposed => Change(d =>
                (
                    Math.Ceiling((double)transposed.Window.Span(d) / transposed.Window.Stride[d]),
                    1.0 / transposed.Window.Stride[d],
                    -Reach(transposed, d)
                )
            ),
            AdaptivePoolSpec pool => Change(d => Adaptive(shape.Spatial[d], pool.Size![d])),
            { Window: Window window } => Change(d =>
            {
                int before = window.Padding.Resolve(d, shape.Spatial[d], window.Span(d), window.Stride[d]).Before;
                return (window.Span(d), window.Stride[d], (window.Span(d) - 1) / 2.0 - before);
            }),
            _ => this,
        };

    /// <summary>Returns the input's region that a value depends on in one dimension, cut off at the border or not.</summary>
    /// <param name="dimension">The dimension, from 0.</param>
    /// <param name="position">The value's position.</param>
    /// <returns>The first and the last pixel; outside the input where it reaches into the padding.</returns>
    public (int First, int Last) Region(int dimension, int position)
    {
        double middle = start[dimension] + position * jump[dimension],
            half = (size[dimension] - 1) / 2;
        return ((int)Math.Floor(middle - half), (int)Math.Ceiling(middle + half));
    }

    private ReceptiveField Follow(IReadOnlyList<LayerSpec> layers, Shape shape)
    {
        ReceptiveField field = this;
        foreach (LayerSpec layer in layers)
        {
            field = field.Through(layer, shape);
            shape = layer.OutputShape(shape);
        }
        return field;
    }

    /// <summary>
    /// Branches that come together: a value sees what any of them sees, from the first pixel of one to the last of another. Behind a branch
    /// that sees the whole input it sees that.
    /// </summary>
    private ReceptiveField Union(ReceptiveField[] fields)
    {
        var joined = new ReceptiveField(input, new double[size.Length], new double[size.Length], new double[size.Length]);
        for (int d = 0; d < size.Length; d++)
        {
            ReceptiveField[] counting = fields.Any(field => field.jump[d] == 0) ? [.. fields.Where(field => field.jump[d] == 0)] : fields;
            double first = counting.Min(field => field.start[d] - (field.size[d] - 1) / 2),
                last = counting.Max(field => field.start[d] + (field.size[d] - 1) / 2);
            joined.size[d] = last - first + 1;
            joined.start[d] = (first + last) / 2;
            joined.jump[d] = counting.Max(field => field.jump[d]);
        }
        return joined;
    }

    private ReceptiveField Whole()
    {
        double[] all = [.. size.Select((_, d) => (double)input[input.Count > 1 ? d + 1 : 0])];
        return new ReceptiveField(input, all, new double[all.Length], [.. all.Select(length => (length - 1) / 2)]);
    }

    private ReceptiveField Change(Func<int, (double Span, double Stride, double Shift)> window)
    {
        var changed = new ReceptiveField(input, (double[])size.Clone(), (double[])jump.Clone(), (double[])start.Clone());
        for (int d = 0; d < size.Length; d++)
        {
            (double span, double stride, double shift) = window(d);
            changed.size[d] += (span - 1) * jump[d];
            changed.start[d] += shift * jump[d];
            changed.jump[d] *= stride;
        }
        return changed;
    }

    private static double Reach(TransposedConvSpec spec, int dimension) =>
        ((spec.Window.Span(dimension) - 1) / 2.0 - spec.Cuts()[dimension].Before) / spec.Window.Stride[dimension];

    private static (double Span, double Stride, double Shift) Adaptive(int input, int output)
    {
        int span = Enumerable.Range(0, output).Max(i => ((i + 1) * input + output - 1) / output - i * input / output);
        return (span, (double)input / output, ((input + output - 1) / output - 1) / 2.0);
    }
}
