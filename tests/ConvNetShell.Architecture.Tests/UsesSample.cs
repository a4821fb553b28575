namespace ConvNetShell.Architecture.Tests;

/// <summary>A type that uses others in ways <see cref="CompiledUses"/> must see.</summary>
internal sealed class UsesSample
{
    public List<SourceTests>? Tests { get; set; }

    public Func<string> Root { get; } = () => BuiltAssembly.Root + typeof(NativeNumberTests).Name;
}
