using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace ConvNetShell.Architecture.Tests;

/// <summary>The instructions of a method of a built assembly; nothing of it is run.</summary>
internal static class CompiledMethod
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const byte TwoBytes = 0xfe; // what instructions of two bytes begin with

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private static readonly AssemblyLoadContext Context = NewContext();

    /// <summary>Returns an assembly of the module, with all that it uses from the module's folder.</summary>
    public static Assembly Load(string name) => Context.LoadFromAssemblyPath(BuiltAssembly.PathOf(name));

    /// <summary>Returns all methods, constructors and accessors that an assembly has.</summary>
    public static IEnumerable<MethodBase> Of(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMembers(Own)).OfType<MethodBase>();

    /// <summary>Returns the instructions, each with the method it calls or the local variable it names, where it does so.</summary>
    public static IReadOnlyList<(OpCode Code, MethodBase? Call, int Local)> Instructions(MethodBase method)
    {
        var all = new List<(OpCode, MethodBase?, int)>();
        ReadOnlySpan<byte> rest = method.GetMethodBody()?.GetILAsByteArray();
        while (!rest.IsEmpty)
        {
            OpCode code = OpCodes[rest[0] == TwoBytes ? BinaryPrimitives.ReadInt16BigEndian(rest) : rest[0]];
            rest = rest[code.Size..];
            MethodBase? call =
                code.OperandType == OperandType.InlineMethod ? Resolve(method, BinaryPrimitives.ReadInt32LittleEndian(rest)) : null;
            all.Add((code, call, Local(code, rest)));
            rest = rest[Length(code.OperandType, rest)..];
        }
        return all;
    }

    /// <summary>Returns the types, methods and fields that a method's instructions name.</summary>
    public static IEnumerable<MemberInfo> Tokens(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var all = new List<MemberInfo>();
        int at = 0;
        while (at < code.Length)
        {
            ReadOnlySpan<byte> rest = code.AsSpan(at);
            OpCode instruction = OpCodes[rest[0] == TwoBytes ? BinaryPrimitives.ReadInt16BigEndian(rest) : rest[0]];
            rest = rest[instruction.Size..];
            if (
                instruction.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                all.Add(method.Module.ResolveMember(BinaryPrimitives.ReadInt32LittleEndian(rest), ofType, ofMethod)!);
            }
            at += instruction.Size + Length(instruction.OperandType, rest);
        }
        return all;
    }

    private static MethodBase Resolve(MethodBase method, int token) =>
        method.Module.ResolveMethod(
            token,
            method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null
        )!;

    private static int Local(OpCode code, ReadOnlySpan<byte> operand) =>
        code.OperandType switch
        {
            OperandType.ShortInlineVar => operand[0],
            OperandType.InlineVar => BinaryPrimitives.ReadUInt16LittleEndian(operand),
            _ => char.IsAsciiDigit(code.Name![^1]) ? code.Name[^1] - '0' : -1, // ldloc.0 to stloc.3
        };

    private static int Length(OperandType operand, ReadOnlySpan<byte> bytes) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => 4,
        };

    private static AssemblyLoadContext NewContext()
    {
        var context = new AssemblyLoadContext("built");
        context.Resolving += (_, name) =>
        {
            string path = BuiltAssembly.PathOf(name.Name!);
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
        return context;
    }
}
