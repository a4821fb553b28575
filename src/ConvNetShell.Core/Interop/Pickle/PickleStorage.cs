namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>Numbers that tensors of a PyTorch file lie in.</summary>
/// <param name="Type">The type of a number, as safetensors writes it.</param>
/// <param name="Key">The name of the numbers in the file.</param>
/// <param name="Count">How many there are.</param>
internal sealed record PickleStorage(string Type, string Key, long Count);
