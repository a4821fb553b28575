namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>A module as PyTorch and TorchSharp have it.</summary>
/// <param name="Name">The name in its container.</param>
/// <param name="Type">The class, for example Conv2d.</param>
/// <param name="Arguments">The arguments: integers, booleans, numbers, texts, arrays of integers; a name for those given by name.</param>
internal sealed record TorchModule(string Name, string Type, params IReadOnlyList<(string? Name, object Value)> Arguments)
{
    /// <summary>Gets the branches of a block, empty for other modules.</summary>
    public IReadOnlyList<IReadOnlyList<TorchModule>> Branches { get; init; } = [];
}
