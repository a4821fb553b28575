using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>The values that the instructions of a pickle work on.</summary>
/// <param name="input">The bytes, for errors.</param>
internal sealed class PickleStack(PickleInput input)
{
    private static readonly object Mark = new();
    private readonly List<object?> values = [];

    /// <summary>Gets the number of values.</summary>
    public int Count => values.Count;

    /// <summary>Puts a value on top.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True, as an instruction that was run.</returns>
    public bool Push(object? value)
    {
        values.Add(value);
        return true;
    }

    /// <summary>Puts a mark on top.</summary>
    /// <returns>True, as an instruction that was run.</returns>
    public bool PushMark() => Push(Mark);

    /// <summary>Returns the value on top.</summary>
    public object? Peek() => values.Count > 0 && !ReferenceEquals(values[^1], Mark) ? values[^1] : throw Damaged("a value");

    /// <summary>Takes the value on top.</summary>
    public object? Pop() => Pop(1)[0];

    /// <summary>Takes values from the top.</summary>
    /// <param name="count">How many.</param>
    public object?[] Pop(int count)
    {
        if (values.Count < count || CollectionsMarshal.AsSpan(values)[^count..].Contains(Mark))
        {
            throw Damaged($"{count} values");
        }
        return Take(values.Count - count);
    }

    /// <summary>Takes the values above the last mark, and the mark.</summary>
    public object?[] PopMarked()
    {
        int mark = values.FindLastIndex(value => ReferenceEquals(value, Mark));
        if (mark < 0)
        {
            throw Damaged("a mark");
        }
        object?[] taken = Take(mark + 1);
        values.RemoveAt(mark);
        return taken;
    }

    /// <summary>Returns the error for bytes that are no pickle.</summary>
    /// <param name="expected">What would be right.</param>
    public NetworkFileException Damaged(string expected) => input.Error("NetworkFile.Damaged", $"expected {expected} in the pickle.");

    private object?[] Take(int start)
    {
        object?[] taken = [.. values[start..]];
        values.RemoveRange(start, values.Count - start);
        return taken;
    }
}
