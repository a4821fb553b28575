using System.Runtime.CompilerServices;
using V = System.Runtime.Intrinsics.Vector512<float>;
using Vector512 = System.Runtime.Intrinsics.Vector512;

namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>What a vector of channels is normalized with.</summary>
/// <param name="numbers">Means, factors and shifts.</param>
/// <param name="place">The place of the first in the <see cref="ChannelPattern"/>.</param>
internal readonly unsafe struct ChannelVector(ChannelNumbers numbers, int place)
{
    /// <summary>Gets the means.</summary>
    public V Mean { get; } = Vector512.Load(numbers.Mean + place);

    /// <summary>Gets the scales divided by the deviations.</summary>
    public V Factor { get; } = Vector512.Load(numbers.Factor + place);

    /// <summary>Gets the shifts.</summary>
    public V Shift { get; } = Vector512.Load(numbers.Shift + place);

    /// <summary>Returns the normalized values.</summary>
    /// <param name="distance">The distances of the values from the means.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Output(V distance) => Vector512.FusedMultiplyAdd(distance, Factor, Shift);

    /// <summary>Returns gradients, 0 where the normalized value is not positive.</summary>
    /// <param name="distance">The distances of the values from the means.</param>
    /// <param name="gradient">The gradients.</param>
    /// <param name="all">Lets the gradient through nevertheless where all bits are set.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Passed(V distance, V gradient, V all) => gradient & (Vector512.GreaterThan(Output(distance), V.Zero) | all);
}
