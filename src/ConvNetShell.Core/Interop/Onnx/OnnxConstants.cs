using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>The constants of a graph: initializers and Constant nodes.</summary>
internal sealed class OnnxConstants
{
    private const int MaxRank = 6;
    private readonly TensorFile file;
    private readonly Dictionary<string, OnnxTensor> tensors = new(StringComparer.Ordinal);

    public OnnxConstants(OnnxGraph graph, TensorFile file)
    {
        this.file = file;
        foreach (OnnxTensor tensor in graph.Initializer)
        {
            tensors[tensor.Name] = tensor;
        }
    }

    public bool Has(string name) => tensors.ContainsKey(name);

    public void Add(string name, OnnxTensor tensor) => tensors[name] = tensor;

    public void Alias(string name, string other) => tensors[name] = tensors[other];

    /// <summary>Returns a constant's shape.</summary>
    /// <exception cref="InvalidSettingException">It has more dimensions or values than its data.</exception>
    public int[] Shape(string name)
    {
        OnnxTensor tensor = Find(name);
        double product = tensor.Dims.Aggregate(1.0, (total, size) => total * size);
        return tensor.Dims.Count <= MaxRank && tensor.Dims.All(size => size is >= 0 and <= int.MaxValue) && product <= int.MaxValue
            ? [.. tensor.Dims.Select(size => (int)size)]
            : throw Wrong(name, "at most 6 dimensions of 0 or more", string.Join('x', tensor.Dims));
    }

    /// <summary>Returns real numbers; in a dispose scope the tensor must be detached from it to survive.</summary>
    public Tensor Real(string name)
    {
        long[] shape = [.. Shape(name).Select(size => (long)size)];
        long count = shape.Aggregate(1L, (product, size) => product * size);
        OnnxTensor stored = Find(name);
        if (IsInFile(stored, count))
        {
            Tensor values = empty(shape, ScalarType.Float32);
            file.Read(values.bytes, stored.FileOffset);
            return values;
        }
        float[] numbers = Floats(name);
        return numbers.Length == count
            ? tensor(numbers, shape)
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"{count} values"), numbers.Length);
    }

    /// <summary>Returns the values of a weight, which stay in the file until the network takes them where they are large.</summary>
    public ImportedWeight Weight(string name)
    {
        long[] shape = [.. Shape(name).Select(size => (long)size)];
        OnnxTensor stored = Find(name);
        return IsInFile(stored, shape.Aggregate(1L, (product, size) => product * size))
            ? new ImportedWeight(file, stored.FileOffset, shape)
            : Real(name);
    }

    /// <summary>Returns the only value of a constant, or <see langword="null"/>.</summary>
    public double? Scalar(string name) => Has(name) && Floats(name) is [var value] ? Shortest(value) : null;

    /// <summary>Returns the number that a text of a float means: 0.1 for the float next to it.</summary>
    public static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Returns integers.</summary>
    public long[] Integers(string name)
    {
        OnnxTensor tensor = Find(name);
        if (tensor.DataType != OnnxBuilder.LongType)
        {
            throw Wrong(name, "64-bit integers", tensor.DataType);
        }
        return HasBytes(tensor) ? Cast<long>(name, tensor) : [.. tensor.Int64Data];
    }

    private static bool IsInFile(OnnxTensor tensor, long count) =>
        tensor is { DataType: OnnxBuilder.FloatType, DataLocation: 0 }
        && tensor.FileLength > 0
        && tensor.FileLength == sizeof(float) * count;

    private float[] Floats(string name)
    {
        const int doubles = 11;
        OnnxTensor tensor = Find(name);
        if (tensor.DataLocation != 0)
        {
            throw Wrong(name, "data in the file itself", "data in another file");
        }
        return tensor.DataType switch
        {
            OnnxBuilder.FloatType => HasBytes(tensor) ? Cast<float>(name, tensor) : [.. tensor.FloatData],
            doubles => [.. (HasBytes(tensor) ? Cast<double>(name, tensor) : [.. tensor.DoubleData]).Select(number => (float)number)],
            OnnxBuilder.LongType => [.. Integers(name).Select(number => (float)number)],
            _ => throw Wrong(name, "32-bit floating-point numbers (type 1)", tensor.DataType),
        };
    }

    private static bool HasBytes(OnnxTensor tensor) => tensor.HasRawData || tensor.FileLength > 0;

    private T[] Cast<T>(string name, OnnxTensor tensor)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes =
            tensor.FileLength > 0 ? file.Read(tensor.FileOffset, checked((int)tensor.FileLength)) : tensor.RawData.Span;
        return bytes.Length % Marshal.SizeOf<T>() == 0
            ? MemoryMarshal.Cast<byte, T>(bytes).ToArray()
            : throw Wrong(name, "whole numbers of bytes for each value", bytes.Length);
    }

    private OnnxTensor Find(string name) =>
        tensors.GetValueOrDefault(name) ?? throw new InvalidSettingException("An operator's weights", "constants of the model", name);

    private static InvalidSettingException Wrong(string name, string expected, object received) =>
        new($"The constant '{name}'", expected, received);
}
