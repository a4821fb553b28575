using System.Collections;
using ConvNetShell.Kernel.Tests.Notebooks;

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>The notebooks of the repository with new outputs; each is run once, at its own epochs, when it is first asked for.</summary>
public sealed class ExecutedNotebooks : IDisposable
{
    private readonly ModuleSession module = new();
    private readonly Dictionary<string, Lazy<string>> files = [];

    /// <summary>Runs a notebook from top to bottom; every call fails where it fails.</summary>
    /// <returns>The file with its outputs.</returns>
    public string Run(string name)
    {
        if (!files.TryGetValue(name, out Lazy<string>? file))
        {
            files[name] = file = new Lazy<string>(() => Execute(name));
        }
        return file.Value;
    }

    public void Dispose() => module.Dispose();

    private string Execute(string name)
    {
        // Fashion-MNIST comes from Debian's dataset-fashion-mnist; without it the first network learns Shapes, which are harder for it.
        bool isReplaced = name.StartsWith("02", StringComparison.Ordinal) && !Directory.Exists("/usr/share/datasets/fashion-mnist");
        string output = Path.Combine(module.Folder, name);
        module.Session.Invoke(
            "param($path, $parameters, $output) Invoke-Notebook $path -Parameter $parameters -OutputPath $output",
            Path.Combine(CommittedNotebookTests.Folder, name),
            isReplaced ? new Hashtable { ["Data"] = "Shapes", ["Floor"] = 0.4 } : [],
            output
        );
        return output;
    }
}
