using System.Globalization;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Texts that all languages use.</summary>
internal static class CodeText
{
    /// <summary>Describes the network in one line for a comment; names with line breaks stay on it.</summary>
    public static string Comment(Network network) =>
        VisibleText.Of(string.Create(CultureInfo.InvariantCulture, $"{network.Name}: {network.ParameterCount} parameters"));

    /// <summary>Makes an identifier: letters, digits and underscores, not beginning with a digit.</summary>
    public static string Identifier(string name)
    {
        string word = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return word.Length == 0 || char.IsAsciiDigit(word[0]) ? "_" + word : word;
    }
}
