namespace ConvNetShell.FusedKernels.Numbers;

/// <summary>The numbers that a stack of convolutions keeps, and what the kernels need of them besides products and sums.</summary>
/// <typeparam name="T">The bits of a number.</typeparam>
internal unsafe interface IConvNumbers<T>
    where T : unmanaged
{
    /// <summary>Gets how many numbers the kernels read as one lane of 32 bits.</summary>
    int Packed { get; }

    /// <summary>Returns what finds the largest values of windows.</summary>
    IWindows<T> Windows(WindowShape shape);

    /// <summary>Takes over numbers of an image.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="target">Receives them; nothing is written past the last.</param>
    /// <returns>Whether compiled kernels are right for them.</returns>
    bool Take(ReadOnlySpan<float> source, T* target);

    /// <summary>Rounds a number.</summary>
    T Round(float number);

    /// <summary>Returns a number as float32.</summary>
    float ToSingle(T number);

    /// <summary>Returns a number of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="index">Which number of it, from 0.</param>
    float Part(uint lane, int index);

    /// <summary>Rounds weights from any positions and puts them together in lanes.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="first">The index of the first number of each lane, -1 for a zero; a multiple of
    /// <see cref="BFloat16Rows.GatherStep"/>.</param>
    /// <param name="second">The index of the second, where a lane has two.</param>
    /// <param name="lanes">Receives the lanes.</param>
    void Pack(ReadOnlySpan<float> source, ReadOnlySpan<int> first, ReadOnlySpan<int> second, uint* lanes);

    /// <summary>Returns lanes of each value of an image together with the one a pixel later, where a lane has two.</summary>
    /// <param name="source">The values.</param>
    /// <param name="room">Room for a lane a value; may be used.</param>
    /// <param name="count">How many values.</param>
    /// <param name="channels">The values of a pixel.</param>
    uint* PairAll(T* source, uint* room, int count, int channels);

    /// <summary>
    /// Returns lanes of the values of every second pixel of a picture together with those of the pixel after it, where a lane has two.
    /// </summary>
    /// <param name="source">The values of the first row.</param>
    /// <param name="room">Room for them, without gaps; may be used.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="pitch">The values from one row to the next.</param>
    /// <param name="pairs">The pixel pairs of a row.</param>
    /// <param name="channels">The values of a pixel.</param>
    uint* PairEven(T* source, uint* room, int rows, int pitch, int pairs, int channels);

    /// <summary>Adds up, channel by channel, the gradients whose position is not negative.</summary>
    /// <param name="source">The gradients.</param>
    /// <param name="positions">The positions that <see cref="IWindows{T}.Find"/> returned.</param>
    /// <param name="sums">The sums, for whole vectors of channels; those past the last channel mean nothing.</param>
    /// <param name="pixels">How many pixels.</param>
    /// <param name="channels">The values of a pixel.</param>
    void AddRouted(T* source, T* positions, float* sums, int pixels, int channels);
}
