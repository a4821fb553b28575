using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Language;
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

    /// <summary>Asserts that a script parses, and that its commands and their parameters exist.</summary>
    /// <param name="code">The script.</param>
    /// <param name="programs">Programs it may call.</param>
    /// <returns>The names of its commands.</returns>
    public IReadOnlyList<string> AssertCommandsExist(string code, params string[] programs)
    {
        ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);
        Assert.Empty(errors);
        CommandAst[] commands =
        [
            .. script
                .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
                .Cast<CommandAst>()
                .Where(command => !programs.Contains(command.GetCommandName())),
        ];
        Assert.All(commands, AssertExists);
        return [.. commands.Select(command => command.GetCommandName())];
    }

    public void Dispose()
    {
        Session.Dispose();
        folder.Dispose();
    }

    private void AssertExists(CommandAst command)
    {
        string[] parameters = [.. command.CommandElements.OfType<CommandParameterAst>().Select(parameter => parameter.ParameterName)];
        Assert.Empty(
            Run(
                """
                param($name, $parameters)
                $command = Get-Command $name -ErrorAction Stop
                $parameters | Where-Object { $_ } | Where-Object { -not $command.ResolveParameter($_) }
                """,
                command.GetCommandName(),
                parameters
            )
        );
    }
}
