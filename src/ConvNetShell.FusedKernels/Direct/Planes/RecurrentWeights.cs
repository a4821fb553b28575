namespace ConvNetShell.FusedKernels.Direct.Planes;

/// <summary>The weights of one direction of a recurrent layer; sums of all gates of all units, in libtorch's order.</summary>
/// <param name="OfInput">Sums x features.</param>
/// <param name="OfState">Sums x units.</param>
/// <param name="InputBias">What is added to the sums of the input.</param>
/// <param name="StateBias">What is added to the sums of the state.</param>
public sealed record RecurrentWeights(float[] OfInput, float[] OfState, float[] InputBias, float[] StateBias);
