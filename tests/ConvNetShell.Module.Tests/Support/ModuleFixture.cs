using System.Collections.Concurrent;
using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

[assembly: AssemblyFixture(typeof(ModuleFixture))]

namespace ConvNetShell.Module.Tests.Support;

/// <summary>One session with the built module imported, and a folder of tiny images, for all tests.</summary>
public sealed class ModuleFixture : IDisposable
{
    private readonly TempFolder folder = new();

    public ModuleFixture()
    {
        Images = folder["colors"];
        TinyImages.WriteDataset(Images);
        Session = NewSession();
        Session.Invoke("param($images) $images = Import-Dataset $images", Images);
    }

    public EngineSession Session { get; }

    /// <summary>The folder with the images; <c>$images</c> in the session is the dataset read from it.</summary>
    public string Images { get; }

    /// <summary>Starts a session with the module imported.</summary>
    public static EngineSession NewSession(ConcurrentQueue<ProgressRecord>? progress = null, Action<ProgressRecord>? onProgress = null) =>
        new(
            ModulePaths.Manifest,
            Path.GetTempPath(),
            record =>
            {
                progress?.Enqueue(record);
                onProgress?.Invoke(record);
            }
        );

    /// <summary>Runs a script that must write no error and returns its objects.</summary>
    public IReadOnlyList<PSObject> Run(string script, params object?[] arguments) => Session.Invoke(script, arguments);

    /// <summary>Runs a script that must write one object and returns it bare.</summary>
    public T Get<T>(string script, params object?[] arguments) => LanguagePrimitives.ConvertTo<T>(Assert.Single(Run(script, arguments)));

    /// <summary>Runs a script that must write exactly one error and returns its record.</summary>
    public ErrorRecord Fail(string script, params object?[] arguments) => Assert.Single(Session.Collect(script, arguments).Errors);

    public void Dispose()
    {
        Session.Dispose();
        folder.Dispose();
    }
}
