using System.Management.Automation;

namespace ConvNetShell.Host.Tests;

public sealed class EngineSessionTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly EngineSession _session;

    public EngineSessionTests() => _session = EngineSession.Create(new EngineSessionOptions { Output = _output, Error = _error });

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("1", 0)]
    [InlineData("exit 4", 4)]
    [InlineData("throw 'bad'", 1)]
    [InlineData("Write-Error bad", 1)]
    [InlineData("Write-Error bad; 1", 0)]
    [InlineData("1; No-SuchCommand", 1)]
    [InlineData("function f { exit 3 }; f; 1", 3)]
    [InlineData("/bin/sh -c 'exit 5'", 1)]
    [InlineData("if (", 1)]
    public void Run_gives_the_exit_code_of_pwsh(string script, int code) => Assert.Equal(code, _session.Run(script));

    [Fact]
    public void Run_formats_output_and_errors_apart()
    {
        _session.Run("[pscustomobject]@{Name='conv1'; Size=3}; Write-Error 'no such layer'; Write-Warning 'slow'; Write-Host 'note'");

        Assert.Contains("conv1    3", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("WARNING: slow", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("note", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("no such layer", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\e', _output.ToString() + _error);
    }

    [Fact]
    public void Run_keeps_variables_and_functions_for_the_next_script()
    {
        _session.Run("$x = 2; function Twice($n) { $n * 2 }");

        Assert.Equal(4, Assert.Single(_session.Invoke("Twice $x")).BaseObject);
    }

    [Fact]
    public void Collect_hands_back_every_stream()
    {
        EngineResult result = _session.Collect("param($a) $a; Write-Error e1; Write-Warning w; Write-Host h; throw 'last'", 7);

        Assert.Equal(7, Assert.Single(result.Output).BaseObject);
        Assert.Equal(["e1", "last"], result.Errors.Select(error => error.ToString()));
        Assert.Equal(["w"], result.Warnings);
        Assert.Equal("h", Assert.Single(result.Information).ToString());
        Assert.True(result.Terminated);
    }

    [Fact]
    public void Invoke_throws_the_first_error()
    {
        var exception = Assert.Throws<RuntimeException>(() => _session.Invoke("1; Write-Error first -ErrorId Mine; 2"));

        Assert.StartsWith("Mine", exception.ErrorRecord.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_run_on_the_calling_thread() =>
        Assert.Equal(Environment.CurrentManagedThreadId, Assert.Single(_session.Invoke("[Environment]::CurrentManagedThreadId")).BaseObject);

    [Fact]
    public async Task Stop_ends_a_sleep_and_leaves_the_session_usable()
    {
        Task<int> run = Task.Run(() => _session.Run("'begun'; Start-Sleep 60"), TestContext.Current.CancellationToken);
        while (!_output.ToString().Contains("begun", StringComparison.Ordinal))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        _session.Stop();

        Assert.Equal(EngineSession.StoppedExitCode, await run.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.True(_session.WasStopped);
        Assert.Equal(2, Assert.Single(_session.Invoke("1 + 1")).BaseObject);
    }

    [Theory]
    [InlineData("(Get-Item .).Na", "Name")]
    [InlineData("Get-ChildI", "Get-ChildItem")]
    [InlineData("Get-ChildItem -Rec", "-Recurse")]
    [InlineData("'text'.Subs", "Substring(")]
    [InlineData("[System.Text.StringBu", "System.Text.StringBuilder")]
    public void Completion_works(string input, string expected)
    {
        IEnumerable<object?> completions = _session.Invoke("param($t) (TabExpansion2 $t $t.Length).CompletionMatches.CompletionText", input).Select(item => item?.BaseObject);

        Assert.Contains(expected, completions);
    }

    [Fact]
    public void Commands_go_by_the_module_names_of_pwsh() =>
        Assert.Equal([1, 2], _session.Invoke(@"2,1 | Microsoft.PowerShell.Utility\Sort-Object").Select(item => item.BaseObject));

    [Fact]
    public void The_users_module_folder_is_searched() =>
        Assert.Contains("powershell", (string)Assert.Single(_session.Invoke("$env:PSModulePath")).BaseObject, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_module_is_imported_into_the_global_scope()
    {
        string manifest = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        using EngineSession session = EngineSession.Create(new EngineSessionOptions { ModulePath = manifest });

        Assert.Equal("ConvNetShell", Assert.Single(session.Invoke("(Get-Module ConvNetShell).Name")).BaseObject);
    }

    [Fact]
    public void A_question_nobody_can_answer_is_an_error()
    {
        EngineResult result = _session.Collect("Read-Host name");

        Assert.IsType<PSInvalidOperationException>(Assert.Single(result.Errors).Exception);
    }

    [Fact]
    public void A_confirmation_is_read_from_the_input()
    {
        using EngineSession session = EngineSession.Create(new EngineSessionOptions { Output = _output, Input = new StringReader("maybe\nN\n") });
        string file = Path.GetTempFileName();

        session.Run($"Remove-Item '{file}' -Confirm");

        Assert.True(File.Exists(file));
        Assert.Equal(2, _output.ToString().Split("[Y] Yes").Length - 1);
        File.Delete(file);
    }
}
