using System.Reflection;
using System.Reflection.Emit;

namespace ConvNetShell.Architecture.Tests;

/// <summary>
/// A number for libtorch is a native copy that belongs to an object, TorchSharp's Scalar. Where nothing holds that object the garbage
/// collector may free the
/// copy while libtorch reads it. So every one that is made must go into a local variable that is disposed of after the call, and no method
/// of TorchSharp may
/// be called that makes one without.
/// </summary>
public sealed class NativeNumberTests
{
    private static readonly Assembly TorchSharp = CompiledMethod.Load("TorchSharp");
    private static readonly ILookup<MethodBase, MethodBase> Overrides = CompiledMethod
        .Of(TorchSharp)
        .OfType<MethodInfo>()
        .Where(method => method.IsVirtual && method.GetBaseDefinition() != method)
        .ToLookup(method => (MethodBase)method.GetBaseDefinition(), method => (MethodBase)method);

    private readonly Dictionary<MethodBase, bool> careless = [];

    [Fact]
    public void Every_number_for_libtorch_lives_until_the_call_is_over() =>
        Assert.Equal(
            string.Empty,
            string.Join(
                '\n',
                CompiledMethod
                    .Of(CompiledMethod.Load("ConvNetShell.Core"))
                    .SelectMany(method =>
                        Unheld(method)
                            .Concat(Calls(method).Where(call => call.Module.Assembly == TorchSharp && IsCareless(call)))
                            .Select(call => $"{Name(method)} calls {Name(call)}")
                    )
            )
        );

    [Theory]
    [InlineData("op_Addition", "left.Plus(right)")]
    [InlineData("add_", "left.AddInPlace(right)")]
    [InlineData("op_Multiply", "left.Times(number)")]
    public void What_TorchSharp_itself_does_without_care_is_seen(string method, string instead) =>
        Assert.True(Tensors(method).Any(IsCareless), $"{instead} is not needed any more: TorchSharp's {method} holds its numbers");

    [Theory]
    [InlineData("op_Subtraction")]
    [InlineData("matmul")]
    public void What_passes_no_number_is_let_be(string method) => Assert.Contains(Tensors(method), found => !IsCareless(found));

    private static IEnumerable<MethodBase> Tensors(string name) =>
        CompiledMethod.Of(TorchSharp).Where(method => method.DeclaringType!.Name == "Tensor" && method.Name == name);

    private static IEnumerable<MethodBase> Calls(MethodBase method) =>
        CompiledMethod.Instructions(method).Select(instruction => instruction.Call).OfType<MethodBase>();

    /// <summary>Returns the methods of TorchSharp that a call may go on to.</summary>
    private static IEnumerable<MethodBase> Inside(MethodBase call) =>
        Calls(call).Concat(Overrides[call]).Where(next => next.Module.Assembly == TorchSharp && !MakesNumber(next));

    private static bool MakesNumber(MethodBase method) =>
        method.Module.Assembly == TorchSharp
        && (method is MethodInfo { ReturnType.Name: "Scalar" } || method is ConstructorInfo { DeclaringType.Name: "Scalar" });

    private static string Name(MethodBase method) =>
        $"{method.DeclaringType!.Name}.{method.Name}("
        + $"{string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";

    /// <summary>Returns the calls that make numbers which go anywhere but into a local variable that is disposed of.</summary>
    private static IEnumerable<MethodBase> Unheld(MethodBase method)
    {
        IReadOnlyList<(OpCode Code, MethodBase? Call, int Local)> all = CompiledMethod.Instructions(method);
        var disposed = all.Zip(all.Skip(1))
            .Where(pair => pair.Second.Call?.Name == "Dispose" && IsLocal(pair.First.Code, "ldloc"))
            .Select(pair => pair.First.Local)
            .ToHashSet();
        return all.Zip(all.Skip(1))
            .Where(pair =>
                pair.First.Call is { } call
                && MakesNumber(call)
                && pair.Second.Code != OpCodes.Ret
                && !(IsLocal(pair.Second.Code, "stloc") && disposed.Contains(pair.Second.Local))
            )
            .Select(pair => pair.First.Call!);
    }

    private static bool IsLocal(OpCode code, string kind) => code.Name!.StartsWith(kind, StringComparison.Ordinal);

    /// <summary>Returns whether a method of TorchSharp, or one that it comes to, makes a number nobody holds.</summary>
    private bool IsCareless(MethodBase method)
    {
        if (MakesNumber(method))
        {
            return false; // what becomes of it is the caller's care
        }
        if (careless.TryGetValue(method, out bool known))
        {
            return known;
        }
        var seen = new HashSet<MethodBase> { method };
        var next = new Queue<MethodBase>(seen);
        while (next.TryDequeue(out MethodBase? one))
        {
            if (careless.GetValueOrDefault(one) || Unheld(one).Any())
            {
                return careless[method] = true;
            }
            foreach (MethodBase call in Inside(one).Where(seen.Add))
            {
                next.Enqueue(call);
            }
        }
        foreach (MethodBase harmless in seen)
        {
            careless[harmless] = false;
        }
        return false;
    }
}
