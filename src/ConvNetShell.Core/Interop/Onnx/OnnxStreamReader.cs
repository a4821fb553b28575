using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Reads the streams of a film: the picture is the upper rows of its frames, the sound the lower ones as a sequence.</summary>
/// <param name="chain">The operators.</param>
internal sealed class OnnxStreamReader(OnnxChain chain)
{
    private const int RowAxis = 3; // after samples, channels and frames

    /// <summary>Reads the stream that the next operators take, or returns <see langword="null"/> and takes none.</summary>
    /// <param name="input">The shape that goes in.</param>
    public ImportedLayer? Read(Shape input)
    {
        bool isRows =
            input.Count == 4
            && Integers(0, 3) is [RowAxis]
            && Integers(0, 4) is [] or [1]
            && Integers(0, 1) is [>= 0]
            && Integers(0, 2) is [> 0];
        if (!isRows)
        {
            return null;
        }
        long first = Integers(0, 1)[0],
            end = Math.Min(Integers(0, 2)[0], input[2]);
        int rows = (int)(end - first);
        bool isSequence =
            chain.Peek(1)?.OpType == "Reshape"
            && Integers(1, 1) is [0 or -1, var channels, var length]
            && channels == input.Channels
            && (length == -1 || length == (long)input[1] * rows * input[3]);
        return rows < 1 ? null
            : isSequence && end == input[2] ? Stream(StreamKind.Sound, rows, operators: 2)
            : !isSequence && first == 0 ? Stream(StreamKind.Picture, rows, operators: 1)
            : null;
    }

    private ImportedLayer Stream(StreamKind kind, int rows, int operators)
    {
        chain.Take();
        if (operators > 1)
        {
            chain.Skip(operators - 1);
        }
        return new ImportedLayer(new StreamSpec(kind, rows));
    }

    // an input of an operator ahead, if it is a constant
    private long[] Integers(int ahead, int input) =>
        chain.Peek(ahead)!.Input is var inputs && inputs.Count > input && chain.Constants.Has(inputs[input])
            ? chain.Constants.Integers(inputs[input])
            : [];
}
