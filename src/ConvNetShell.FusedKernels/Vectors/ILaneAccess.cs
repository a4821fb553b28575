using System.Runtime.Intrinsics;

namespace ConvNetShell.FusedKernels.Vectors;

/// <summary>How a vector of channels is read and written: all of its lanes, or those that an image has.</summary>
internal unsafe interface ILaneAccess
{
    /// <summary>Reads a vector; lanes that are not there become zero.</summary>
    /// <param name="from">The address.</param>
    /// <param name="mask">The lanes that are there.</param>
    static abstract Vector512<float> Load(float* from, Vector512<float> mask);

    /// <summary>Writes the lanes that are there.</summary>
    /// <param name="to">The address.</param>
    /// <param name="mask">The lanes that are there.</param>
    /// <param name="value">The vector.</param>
    static abstract void Store(float* to, Vector512<float> mask, Vector512<float> value);
}
