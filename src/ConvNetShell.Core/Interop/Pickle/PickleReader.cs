using System.Globalization;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Interop.Pickle;

/// <summary>
/// Reads one pickle as data: numbers, texts, lists, dictionaries and tensors. A pickle is a program that may call anything in Python;
/// this reader knows the instructions that build data, and refuses every name outside of <see cref="PickleGlobals"/> before anything is
/// made of it. Razorvine.Pickle and TorchSharp.PyBridge are not used: both build objects of any name, from lengths that they do not check,
/// and say no position in errors. Takes at most two million instructions, and memory in proportion to them.
/// </summary>
/// <param name="input">The bytes.</param>
internal sealed class PickleReader(PickleInput input)
{
    private const int MostInstructions = 2_000_000;
    private readonly PickleStack stack = new(input);
    private readonly Dictionary<int, object?> memo = [];
    private readonly Dictionary<string, PickleStorage> storages = new(StringComparer.Ordinal);

    /// <summary>Gets the storages that the tensors lie in, by name.</summary>
    public IReadOnlyDictionary<string, PickleStorage> Storages => storages;

    /// <summary>Reads to the end of the pickle.</summary>
    /// <returns>Its value.</returns>
    /// <exception cref="NetworkFileException">It is damaged, or has something else than data.</exception>
    public object? Read()
    {
        for (int count = 0; count < MostInstructions; count++)
        {
            byte code = input.ReadByte();
            if (code == (byte)'.')
            {
                object? value = stack.Pop();
                return stack.Count == 0 ? value : throw stack.Damaged("one value at its end. Received: several");
            }
            Run(code);
        }
        throw input.Error(
            "NetworkFile.TooLarge",
            string.Create(CultureInfo.InvariantCulture, $"expected at most {MostInstructions} instructions. Received: more.")
        );
    }

    private void Run(byte code)
    {
        if (!RunValue(code) && !RunContainer(code) && !RunMemo(code))
        {
            throw input.Error(
                "NetworkFile.Unsupported",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected an instruction of a pickle of tensors. Received: 0x{code:x2}, which builds something else."
                )
            );
        }
    }

    /// <summary>Runs an instruction that has its value within.</summary>
    private bool RunValue(byte code)
    {
        switch ((char)code)
        {
            case '\x80': // PROTO
                _ = input.ReadByte();
                return true;
            case '\x95': // FRAME
                _ = input.ReadInt64();
                return true;
            case 'N':
                return stack.Push(null);
            case '\x88':
                return stack.Push(true);
            case '\x89':
                return stack.Push(false);
            case 'J':
                return stack.Push((long)input.ReadInt32());
            case 'K':
                return stack.Push((long)input.ReadByte());
            case 'M':
                return stack.Push((long)input.ReadUInt16());
            case '\x8a': // LONG1
                return stack.Push(input.ReadLong(input.ReadByte()));
            case 'G':
                return stack.Push(input.ReadDouble());
            case 'X': // BINUNICODE
            case 'T': // BINSTRING, of Python 2
            case 'B': // BINBYTES
                return stack.Push(input.ReadText((uint)input.ReadInt32()));
            case '\x8c': // SHORT_BINUNICODE
            case 'U': // SHORT_BINSTRING
            case 'C': // SHORT_BINBYTES
                return stack.Push(input.ReadText(input.ReadByte()));
            case 'c':
                return stack.Push(Global(input.ReadLine(), input.ReadLine()));
            default:
                return false;
        }
    }

    /// <summary>Runs an instruction that makes something of the values before it.</summary>
    private bool RunContainer(byte code)
    {
        switch ((char)code)
        {
            case '(':
                return stack.PushMark();
            case ')':
                return stack.Push(Array.Empty<object?>());
            case ']':
                return stack.Push(new List<object?>());
            case '}':
                return stack.Push(new PickleDictionary());
            case 't':
                return stack.Push(stack.PopMarked());
            case '\x85':
            case '\x86':
            case '\x87':
                return stack.Push(stack.Pop(code - 0x84));
            case 'a':
                return Append(stack.Pop(1));
            case 'e':
                return Append(stack.PopMarked());
            case 's':
                return SetItems(stack.Pop(2));
            case 'u':
                return SetItems(stack.PopMarked());
            case '\x93': // STACK_GLOBAL
                return stack.Pop(2) is [string module, string name] ? stack.Push(Global(module, name)) : throw stack.Damaged("a name as text");
            case 'R':
                return stack.Pop(2) is [PickleGlobal called, object?[] arguments]
                    ? stack.Push(Make(called, arguments))
                    : throw stack.Damaged("a call");
            case 'Q':
                return stack.Push(Storage(stack.Pop()));
            case 'b': // what Python would set on an object: the versions of layers, beside a dictionary
                return stack.Pop() is not null && stack.Peek() is PickleDictionary or PickleTensor
                    ? true
                    : throw stack.Damaged("a dictionary to complete");
            case '0':
                _ = stack.Pop();
                return true;
            default:
                return false;
        }
    }

    private bool RunMemo(byte code)
    {
        switch ((char)code)
        {
            case 'q':
                return Keep(input.ReadByte());
            case 'r':
                return Keep(input.ReadInt32());
            case '\x94': // MEMOIZE
                return Keep(memo.Count);
            case 'h':
                return Get(input.ReadByte());
            case 'j':
                return Get(input.ReadInt32());
            default:
                return false;
        }
    }

    private PickleGlobal Global(string module, string name) =>
        PickleGlobals.IsAllowed($"{module}.{name}")
            ? new PickleGlobal($"{module}.{name}")
            : throw input.Error(
                "NetworkFile.Unsafe",
                $"expected tensors and dictionaries of tensors alone. Received: {module}.{name}, which Python would load and run. In "
                    + "Python, torch.save(model.state_dict(), file) writes the tensors alone."
            );

    private object Make(PickleGlobal called, object?[] arguments) =>
        (called.Name, arguments) switch
        {
            (PickleGlobals.OrderedDictionary, []) => new PickleDictionary(),
            (PickleGlobals.Parameter, [PickleTensor tensor, ..]) => tensor,
            (PickleGlobals.Tensor, [PickleStorage storage, long start, object?[] shape, object?[] strides, ..]) => Tensor(
                storage,
                start,
                shape,
                strides
            ),
            _ => throw stack.Damaged($"the arguments of {called.Name}"),
        };

    private PickleTensor Tensor(PickleStorage storage, long start, object?[] shape, object?[] strides)
    {
        if (start < 0 || shape.Length != strides.Length || shape.Concat(strides).Any(number => number is not >= 0L))
        {
            throw stack.Damaged("a tensor with a start, sizes and strides of 0 or more");
        }
        var tensor = new PickleTensor(storage, start, [.. shape.Cast<long>()], [.. strides.Cast<long>()]);
        return tensor.Shape.Length <= 64 && start + tensor.Extent <= storage.Count
            ? tensor
            : throw stack.Damaged(
                string.Create(CultureInfo.InvariantCulture, $"a tensor within {storage.Count} numbers. Received: {start} + {tensor.Extent}")
            );
    }

    private PickleStorage Storage(object? identity)
    {
        if (
            identity is not object?[] { Length: 5 or 6 } parts
            || parts is not [string and "storage", PickleGlobal type, string key, string, long count, ..]
            || PickleGlobals.TypeOf(type.Name) is not { } name
            || count < 0
            || parts.ElementAtOrDefault(5) is not null // a part of another storage, of PyTorch before 0.4
        )
        {
            throw stack.Damaged("a storage of torch, with its type, name and length");
        }
        var storage = new PickleStorage(name, key, count);
        return storages.TryAdd(key, storage) || storages[key] == storage ? storage : throw stack.Damaged($"one storage '{key}'");
    }

    private bool Append(object?[] values)
    {
        (stack.Peek() as List<object?> ?? throw stack.Damaged("a list to append to")).AddRange(values);
        return true;
    }

    private bool SetItems(object?[] values)
    {
        PickleDictionary target = stack.Peek() as PickleDictionary ?? throw stack.Damaged("a dictionary to append to");
        if (values.Length % 2 != 0)
        {
            throw stack.Damaged("a value for each key");
        }
        foreach (object?[] pair in values.Chunk(2))
        {
            target.Add(pair[0], pair[1]);
        }
        return true;
    }

    private bool Keep(int index)
    {
        memo[index] = stack.Peek();
        return true;
    }

    private bool Get(int index) =>
        memo.TryGetValue(index, out object? value) ? stack.Push(value) : throw stack.Damaged("a value kept before");
}
