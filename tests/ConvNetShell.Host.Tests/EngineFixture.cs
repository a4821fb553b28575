using System.Management.Automation;

namespace ConvNetShell.Host.Tests;

/// <summary>One session and one folder of its own for the tests of a class.</summary>
public sealed class EngineFixture : IDisposable
{
    public EngineFixture()
    {
        Folder = Directory.CreateTempSubdirectory("cnsh-tests-").FullName;
        Session = EngineSession.Create(new EngineSessionOptions { WorkingDirectory = Folder });
    }

    public string Folder { get; }

    public EngineSession Session { get; }

    /// <summary>Runs a script in the empty folder and returns its bare objects.</summary>
    public object[] Run(string script, params object?[] arguments)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(Folder))
        {
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }
            else
            {
                File.Delete(entry);
            }
        }

        Session.Runspace.SessionStateProxy.Path.SetLocation(Folder);
        return [.. Session.Invoke(script, arguments).Select(item => item?.BaseObject is PSCustomObject ? item : item?.BaseObject!)];
    }

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
