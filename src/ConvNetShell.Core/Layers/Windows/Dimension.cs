using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Windows;

/// <summary>What inputs with one, two and three spatial dimensions are called, and the error where one does not fit.</summary>
internal static class Dimension
{
    /// <summary>The most spatial dimensions a layer can have.</summary>
    public const int Most = 3;

    /// <summary>Checks that an input has the spatial dimensions a layer works in.</summary>
    /// <param name="layer">The layer, for the error.</param>
    /// <param name="input">The input, channels first.</param>
    /// <param name="dimensions">The dimensions; <see langword="null"/> takes one to three.</param>
    /// <exception cref="LayerException">It has others.</exception>
    public static void Require(string layer, Shape input, int? dimensions)
    {
        int received = input.Count - 1;
        if (received < 1 || received > Most || (dimensions ?? received) != received)
        {
            string expected = dimensions is int count ? Layout(count) : $"{Layout(1)}, {Layout(2)} or {Layout(Most)}";
            string fix =
                received == 0 ? "Put it before the dense layers."
                : received > Most ? "Use at most three dimensions."
                : string.Create(CultureInfo.InvariantCulture, $"Use -Dimension {received}, or an input of {Layout(dimensions!.Value)}.");
            throw new LayerException("Layer.WrongInput", layer, $"expected an input of {expected}. Received: {input}.", fix);
        }
    }

    /// <summary>Checks a number of dimensions a user gave.</summary>
    /// <exception cref="InvalidSettingException">It is not 1, 2 or 3.</exception>
    public static int Check(int dimensions) =>
        dimensions is >= 1 and <= Most
            ? dimensions
            : throw new InvalidSettingException("Dimension", "1 (signals), 2 (pictures) or 3 (clips, volumes)", dimensions);

    private static string Layout(int dimensions) =>
        dimensions switch
        {
            1 => "channels x length",
            2 => "channels x height x width",
            _ => "channels x depth x height x width",
        };
}
