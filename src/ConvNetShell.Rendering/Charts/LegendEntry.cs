using SkiaSharp;

namespace ConvNetShell.Rendering.Charts;

/// <summary>A name of a chart's legend, and how it is drawn.</summary>
/// <param name="Name">The name.</param>
/// <param name="Color">Its color; <see langword="null"/> for a mark across the panel.</param>
/// <param name="Dashed">Whether its line is dashed.</param>
/// <param name="Filled">Whether it has bars.</param>
/// <param name="Shape">The shape of its points; <see langword="null"/> where it has none.</param>
internal sealed record LegendEntry(string Name, SKColor? Color, bool Dashed, bool Filled, int? Shape);
