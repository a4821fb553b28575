namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>A tensor in a checkpoint; their bytes follow the header in this order.</summary>
/// <param name="Name">The entry's name: weights/conv1.weight, optimizer/velocity.conv1.weight, best/, average/, dropout.</param>
/// <param name="Type">Float32, Float64, Byte.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Bytes">The bytes it takes, row by row, as the processor has them (little endian).</param>
internal sealed record TensorEntry(string Name, string Type, long[] Shape, long Bytes);
