using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Recurrent;
using ConvNetShell.FusedKernels.Winograd;

namespace ConvNetShell.FusedKernels.Direct.Steps;

/// <summary>A recurrent layer.</summary>
/// <param name="input">Its input, of one row: time x features.</param>
/// <param name="kernel">What it computes in a step.</param>
/// <param name="directions">The weights of the direction forward in time and, if there is one, backward.</param>
/// <param name="isSequence">Whether the states of all steps are its output, and not only the last.</param>
internal sealed unsafe class SequenceStep(Plane input, RecurrentKernel kernel, RecurrentWeights[] directions, bool isSequence) : IDirectStep
{
    private const int EnoughNumbers = 1 << 18; // a megabyte, in a core's second cache
    private readonly int units = directions[0].OfState.Length / directions[0].StateBias.Length;
    private (DenseProduct OfInput, DenseProduct OfState)[] products = [];

    public IReadOnlyList<Plane> Inputs => [input];

    public Plane Output { get; } =
        new(1, isSequence ? input.Width : 1, directions.Sum(direction => direction.OfState.Length / direction.StateBias.Length));

    public bool Rectifies { get; set; }

    /// <summary>Gets the numbers that an image needs in between: the sums of all steps and of one, and two states and memories.</summary>
    private int Size => checked((input.Width + 1) * units * kernel.Gates + 4 * units);

    public void Prepare(INativeMemory allocator) =>
        products = [
            .. directions.Select(direction =>
                (
                    new DenseProduct(direction.OfInput, direction.InputBias, allocator),
                    new DenseProduct(direction.OfState, direction.StateBias, allocator)
                )
            ),
        ];

    public void Run(ImageMemory images, int part, int parts)
    {
        KernelScratch scratch = images.Pool.Take();
        int together = Math.Clamp(EnoughNumbers / Size, 1, images.Count);
        for (int image = 0; image < images.Count; image += together)
        {
            ImageMemory some = images with { Start = (nint)images.Of(image), Count = Math.Min(together, images.Count - image) };
            for (int direction = 0; direction < products.Length; direction++)
            {
                Run(some, direction, scratch.Source(together * (nint)Size));
            }
        }
        images.Pool.Return(scratch);
    }

    private void Run(ImageMemory images, int direction, float* work)
    {
        (DenseProduct ofInput, DenseProduct ofState) = products[direction];
        int count = images.Count,
            steps = input.Width,
            sums = units * kernel.Gates;
        nint all = (nint)count * sums;
        float* added = work, // steps x images x sums
            gates = added + steps * all,
            state = gates + all,
            next = state + (nint)count * units,
            memory = next + (nint)count * units,
            kept = memory + (nint)count * units;
        for (int image = 0; image < count; image++)
        {
            float* from = images.Of(image) + input.At(0, 0);
            ofInput.Run(from, DenseRows.Single(input.Channels), input.Channels, steps, added + (nint)image * sums, all, rectifies: false);
        }
        new Span<float>(state, count * units).Clear();
        new Span<float>(memory, count * units).Clear();
        for (int step = 0; step < steps; step++)
        {
            int at = direction == 0 ? step : steps - 1 - step;
            ofState.Run(state, DenseRows.Single(units), units, count, gates, sums, rectifies: false);
            var places = new RecurrentStep((nint)(added + at * all), (nint)gates, (nint)memory, (nint)kept, (nint)state, (nint)next);
            kernel.Forward(places, count, units);
            float* reached = next,
                held = kept;
            next = state;
            state = reached;
            kept = memory;
            memory = held;
            if (isSequence || step == steps - 1)
            {
                Write(images, state, isSequence ? at : 0, direction);
            }
        }
    }

    private void Write(ImageMemory images, float* state, int column, int direction)
    {
        for (int image = 0; image < images.Count; image++, state += units)
        {
            var to = new Span<float>(images.Of(image) + Output.At(0, column) + direction * units, units);
            for (int unit = 0; unit < units; unit++)
            {
                to[unit] = Rectifies ? MathF.Max(0, state[unit]) : state[unit];
            }
        }
    }
}
