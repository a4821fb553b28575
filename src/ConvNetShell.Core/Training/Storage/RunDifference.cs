namespace ConvNetShell.Core.Training.Storage;

/// <summary>One line of a comparison of two runs.</summary>
/// <param name="Kind">Setting, Network, Data, Version or Metric.</param>
/// <param name="Name">The setting's or the metric's name.</param>
/// <param name="First">The value of the first run.</param>
/// <param name="Second">The value of the second run.</param>
/// <param name="Difference">The second minus the first, of numbers; <see langword="null"/> of other values.</param>
public sealed record RunDifference(string Kind, string Name, object? First, object? Second, double? Difference);
