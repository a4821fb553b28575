using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Compiles C# in memory.</summary>
internal static class GeneratedCode
{
    /// <summary>Compiles a text against what this process can load.</summary>
    /// <param name="code">The text.</param>
    /// <param name="kind">A library, or a program of top-level statements.</param>
    public static Assembly Compile(string code, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        string[] libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "generated" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(code)],
            libraries.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(kind, optimizationLevel: OptimizationLevel.Release)
        );
        using var stream = new MemoryStream();
        EmitResult result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Take(10)) + "\n" + code);
        return Assembly.Load(stream.ToArray());
    }
}
