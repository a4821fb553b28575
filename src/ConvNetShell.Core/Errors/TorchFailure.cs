using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Errors;

/// <summary>Where in a network libtorch failed: its own errors name no layer.</summary>
public static class TorchFailure
{
    private const string Key = "ConvNetShell.Layer";

    /// <summary>Returns the layer that was computed, with its input's shape, the batch first.</summary>
    /// <param name="error">An error of libtorch.</param>
    /// <returns>The text, or <see langword="null"/> where no layer was computed.</returns>
    public static string? LayerOf(ExternalException error) => error.Data[Key] as string;

    /// <summary>Writes the layer into the error; the innermost layer of a block is the first to do so, and stays.</summary>
    internal static void NoteLayer(this ExternalException error, string layer) => error.Data[Key] ??= layer;
}
