using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Interop.Keras;

/// <summary>A layer of a Keras model.</summary>
/// <param name="Class">Its class, for example Conv2D.</param>
/// <param name="Name">Its name in the model.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Variables">Its variables in the file, in Keras' order.</param>
internal sealed record KerasLayer(string Class, string Name, KerasSettings Settings, IReadOnlyList<TensorEntry> Variables)
{
    /// <summary>Says the class and the name.</summary>
    public override string ToString() => $"{Class} '{Name}'";
}
