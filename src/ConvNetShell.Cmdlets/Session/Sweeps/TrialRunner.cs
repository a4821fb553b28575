using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Session.Sweeps;

/// <summary>Runs the script of a sweep for one trial after the other, in the present runspace.</summary>
internal sealed class TrialRunner
{
    /// <summary>The script that trains the sweep's network with the trial's settings.</summary>
    public const string NetworkScript =
        "param($p) $__data = if ($Dataset) { @{ Dataset = $Dataset } } else { @{} }; $Network | Start-Training @__data @Setting @p";

    private const string Wrapper =
        "param($__script, $__values, $p) "
        + "foreach ($__name in $__values.Keys) { Set-Variable -Name $__name -Value $__values[$__name] }; & $__script $p";
    private readonly SweepFolder folder;
    private readonly SweepObjective objective;
    private readonly ScriptBlock script;
    private readonly Hashtable values;
    private readonly CancellationToken stop;

    public TrialRunner(SweepFolder folder, CancellationToken stop)
    {
        (this.folder, this.stop) = (folder, stop);
        objective = SweepObjective.Find(folder.Definition.Objective);
        script = ScriptBlock.Create(folder.Definition.Script ?? NetworkScript);
        values = SweepValues.Read(folder.Path);
    }

    /// <summary>Runs a trial and returns its objective.</summary>
    /// <exception cref="InvalidSettingException">The script returns nothing, or more than one run or number.</exception>
    public double Run(TrialAttempt attempt)
    {
        ConvNetSession session = ConvNetSession.Current;
        session.Trial = new TrialContext(attempt.Folder, folder.Definition.Threads, attempt.Seed, attempt.Watch);
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        using CancellationTokenRegistration stopped = stop.Register(() => shell.BeginStop(null, null));
        try
        {
            var parameters = new Hashtable(attempt.Parameters, StringComparer.OrdinalIgnoreCase);
            shell.AddScript(Wrapper).AddArgument(script).AddArgument(values).AddArgument(parameters);
            return Objective([.. shell.Invoke().Select(Values.Unwrap)], shell.Streams.Error);
        }
        finally
        {
            session.Trial = null;
            Forget(session);
        }
    }

    /// <summary>Frees the weights of the trial's runs; their files have all.</summary>
    private static void Forget(ConvNetSession session)
    {
        foreach (TrainingRun run in session.Runs)
        {
            session.Remove(run);
        }
    }

    private double Objective(object?[] output, PSDataCollection<ErrorRecord> errors)
    {
        if (output is [TrainingRun { Status: not (RunStatus.Failed or RunStatus.Diverged) } run])
        {
            return objective.Best(run.History);
        }
        if (output is [IConvertible and (double or float or decimal or int or long) and var number])
        {
            return Convert.ToDouble(number, CultureInfo.InvariantCulture);
        }
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(errors[0].ToString());
        }
        throw new InvalidSettingException(
            "ScriptBlock",
            "a script that returns one run of Start-Training, or one number",
            output.Length == 0 ? null : string.Join(", ", output.Select(item => item?.GetType().Name ?? "nothing"))
        );
    }
}
