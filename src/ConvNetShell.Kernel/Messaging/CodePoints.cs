namespace ConvNetShell.Kernel.Messaging;

/// <summary>Jupyter counts characters by code points, .NET by UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 index of a code point; the text's length if there are fewer.</summary>
    public static int ToIndex(string text, int codePoints)
    {
        int index = 0;
        for (int i = 0; i < codePoints && index < text.Length; i++)
        {
            index += IsPair(text, index) ? 2 : 1;
        }

        return index;
    }

    /// <summary>The number of code points before a UTF-16 index.</summary>
    public static int FromIndex(string text, int index)
    {
        int count = 0;
        for (int i = 0; i < index && i < text.Length; i += IsPair(text, i) ? 2 : 1)
        {
            count++;
        }

        return count;
    }

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text, index);
}
