using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>Writes NumPy's .npy, version 1: C order, little-endian.</summary>
internal static class NpyWriter
{
    private const int Alignment = 64;

    /// <summary>Writes the header; the items must follow.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="type">The type as NumPy names it, for example <c>|u1</c>, <c>&lt;f4</c> or <c>&lt;U10</c>.</param>
    /// <param name="sizes">The size of each dimension.</param>
    public static void WriteHeader(Stream stream, string type, IReadOnlyList<int> sizes)
    {
        string shape = string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}{(sizes.Count == 1 ? "," : null)}), }}";
        int unpadded = NpyHeader.Magic.Length + 4 + text.Length + 1;
        text = text.PadRight(text.Length + ((Alignment - (unpadded % Alignment)) % Alignment)) + "\n";
        stream.Write([.. Encoding.Latin1.GetBytes(NpyHeader.Magic), 1, 0, (byte)text.Length, (byte)(text.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Writes a list of texts.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="texts">The texts.</param>
    public static void Write(Stream stream, IReadOnlyList<string> texts)
    {
        byte[][] letters = [.. texts.Select(Encoding.UTF32.GetBytes)];
        int longest = Math.Max(1, letters.Max(text => text.Length) / 4);
        WriteHeader(stream, string.Create(CultureInfo.InvariantCulture, $"<U{longest}"), [texts.Count]);
        foreach (byte[] text in letters)
        {
            stream.Write(text);
            stream.Write(new byte[(longest * 4) - text.Length]);
        }
    }

    /// <summary>Writes numbers.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="values">The numbers, the last dimension first to move.</param>
    /// <param name="sizes">The size of each dimension.</param>
    public static void Write(Stream stream, ReadOnlySpan<float> values, IReadOnlyList<int> sizes)
    {
        WriteHeader(stream, "<f4", sizes);
        stream.Write(MemoryMarshal.AsBytes(values));
    }
}
