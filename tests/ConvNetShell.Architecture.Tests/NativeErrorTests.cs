using System.Reflection;

namespace ConvNetShell.Architecture.Tests;

/// <summary>
/// TorchSharp's matmul and autograd.grad let libtorch's exceptions through: where memory is short, the process ends. mm, bmm, einsum and
/// backward turn them into errors.
/// </summary>
public sealed class NativeErrorTests
{
    private static readonly Assembly TorchSharp = CompiledMethod.Load("TorchSharp");

    [Fact]
    public void Nothing_calls_what_ends_the_process_in_place_of_an_error() =>
        Assert.Empty(
            from method in CompiledMethod.Of(CompiledMethod.Load("ConvNetShell.Core"))
            from instruction in CompiledMethod.Instructions(method)
            where instruction.Call?.Module.Assembly == TorchSharp && Ends(instruction.Call)
            select $"{method.DeclaringType}.{method.Name}"
        );

    [Theory]
    [InlineData("matmul")]
    [InlineData("grad")]
    public void TorchSharp_has_such_methods(string name) =>
        Assert.Contains(CompiledMethod.Of(TorchSharp), method => method.Name == name && Ends(method));

    private static bool Ends(MethodBase method) =>
        method.Name == "matmul" || (method.Name == "grad" && method.DeclaringType!.Name == "autograd");
}
