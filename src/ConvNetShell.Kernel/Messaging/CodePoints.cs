namespace ConvNetShell.Kernel.Messaging;

/// <summary>Jupyter counts characters by code points, .NET by UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 place of a code point; the text's end where there are fewer.</summary>
    public static int ToIndex(string text, int codePoints)
    {
        int index = 0;
        for (int i = 0; i < codePoints && index < text.Length; i++)
        {
            index += IsPair(text, index) ? 2 : 1;
        }

        return index;
    }

    /// <summary>How many code points are before a UTF-16 place.</summary>
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
