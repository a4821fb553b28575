using System.Buffers.Binary;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// Checks the state of libtorch's generators, which libtorch itself takes as it is: a wrong position would read beyond its numbers.
/// </summary>
internal static class GeneratorState
{
    private const int SeedLength = 8,
        Numbers = 624, // of the Mersenne twister
        NextOffset = 16,
        NormalFlagOffset = NextOffset + 8 + 8 * Numbers + 3 * 8,
        FloatFlagOffset = NormalFlagOffset + 8 + 4,
        ProcessorLength = FloatFlagOffset + 4,
        GpuLength = 16,
        GpuStep = 4;

    /// <summary>Returns whether bytes are a state that a generator can have.</summary>
    /// <param name="state">The bytes: those of a processor's generator, or of a GPU's.</param>
    public static bool IsValid(ReadOnlySpan<byte> state)
    {
        if (state.Length == GpuLength)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(state[SeedLength..]) % GpuStep == 0;
        }
        if (state.Length != ProcessorLength)
        {
            return false;
        }
        int left = BinaryPrimitives.ReadInt32LittleEndian(state[SeedLength..]),
            isSeeded = BinaryPrimitives.ReadInt32LittleEndian(state[(SeedLength + 4)..]);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(state[NextOffset..]);
        bool isFresh = left == 1 && next == 0,
            isUnderWay = left is >= 1 and <= Numbers && next == (ulong)(Numbers + 1 - left);
        return isSeeded == 1
            && (isFresh || isUnderWay)
            && BinaryPrimitives.ReadInt32LittleEndian(state[NormalFlagOffset..]) is 0 or 1
            && state[FloatFlagOffset] <= 1;
    }
}
