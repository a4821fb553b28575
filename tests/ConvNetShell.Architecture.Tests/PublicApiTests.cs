using System.Reflection;
using System.Runtime.Loader;
using PublicApiGenerator;

namespace ConvNetShell.Architecture.Tests;

/// <summary>
/// What C# programs may use of the libraries that are published: PublicApi/NAME.api has every public type and member. A change of it is a
/// change for users, so it shows in the history as one.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("ConvNetShell.Core")]
    [InlineData("ConvNetShell.Display")]
    [InlineData("ConvNetShell.Rendering")]
    [InlineData("ConvNetShell.Interactive")]
    public void The_public_interface_is_the_approved_one(string name)
    {
        string approved = Path.Combine(BuiltAssembly.Root, "tests", "ConvNetShell.Architecture.Tests", "PublicApi", name + ".api"),
            received = Path.Combine(AppContext.BaseDirectory, name + ".api");
        string text = Load(name).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";
        File.WriteAllText(received, text);

        string[] now = text.Split('\n'),
            before = File.ReadAllLines(approved);
        string[] changes =
        [
            .. now.Except(before).Select(line => "+ " + line.Trim()),
            .. before.Except(now).Select(line => "- " + line.Trim()),
        ];
        Assert.True(
            text == File.ReadAllText(approved),
            $"The public interface of {name} differs. Where that is intended: cp {received} {approved}\n"
                + string.Join('\n', changes.Take(20))
        );
    }

    // In a context of its own: other tests read the assemblies that lie beside them.
    private static Assembly Load(string name) =>
        new AssemblyLoadContext(name, isCollectible: true).LoadFromAssemblyPath(BuiltAssembly.PathOf(name));
}
