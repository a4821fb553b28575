using System.ComponentModel;
using ConvNetShell.Core.Layers;

namespace ConvNetShell.Cmdlets.Parameters.Layers;

/// <summary>Layers that follow one another: a branch, or the inside of a block.</summary>
/// <param name="Layers">The layers in order.</param>
[TypeConverter(typeof(LayerListConverter))]
public sealed record LayerList(IReadOnlyList<LayerSpec> Layers);
