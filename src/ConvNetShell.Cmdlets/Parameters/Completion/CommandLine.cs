using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Runs;

namespace ConvNetShell.Cmdlets.Parameters.Completion;

/// <summary>
/// The network and the dataset of a command line that is being completed: arguments, variables, and what stands before the pipe.
/// Nothing is run, read or
/// downloaded for it.
/// </summary>
/// <param name="command">The command whose argument is completed.</param>
/// <param name="bound">Its other arguments, as far as PowerShell knows their values.</param>
internal sealed class CommandLine(CommandAst command, IDictionary bound)
{
    private static readonly string[] Subjects = ["Network", "InputObject", "Run", "Dataset"];

    /// <summary>Gets the name of the command.</summary>
    public string Command => command.GetCommandName() ?? string.Empty;

    /// <summary>Gets a value indicating whether something is piped to the command.</summary>
    public bool IsPiped => Before(command) is not null;

    /// <summary>Gets the full path of the folder of kept runs that the line names; <see langword="null"/> where it names none.</summary>
    public string? RunPath =>
        bound["RunPath"] is { } path
            ? ScriptBlock
                .Create("$ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($args[0])")
                .Invoke(path)
                .FirstOrDefault()
                ?.ToString()
            : null;

    /// <summary>Returns the layers of the network that the line means; none where it is not known.</summary>
    public IReadOnlyList<NetworkLayer> Layers() => Values().Select(Plan).FirstOrDefault(plan => plan is not null)?.AllLayers ?? [];

    /// <summary>Returns the classes of the dataset or the network that the line means; none where they are not known.</summary>
    public IReadOnlyList<string> Classes() => Values().Select(ClassesOf).FirstOrDefault(classes => classes is { Count: > 0 }) ?? [];

    /// <summary>Returns whether a network is the only argument without a name before the word, so that the layer follows.</summary>
    /// <param name="word">The word that is being completed; it does not count.</param>
    public bool IsAfterNetwork(string word) =>
        Positional().Where(argument => argument.Extent.Text != word).ToArray() is [var only]
        && Value(only) is { } value
        && Plan(value) is not null;

    /// <summary>The values that may be the network or the dataset, the likeliest first.</summary>
    private IEnumerable<object> Values() =>
        Subjects
            .Select(name => bound[name])
            .Concat(Positional().Take(1).Select(Value))
            .Append(Piped(command))
            .Select(value => Conversion.Values.Unwrap(value) is IList { Count: > 0 } list ? list[0] : value)
            .Select(Conversion.Values.Unwrap)
            .OfType<object>();

    private IEnumerable<ExpressionAst> Positional() =>
        command
            .CommandElements.Skip(1)
            .Where(
                (element, index) => element is ExpressionAst && command.CommandElements[index] is not CommandParameterAst { Argument: null }
            )
            .Cast<ExpressionAst>();

    private static CommandBaseAst? Before(CommandAst command) =>
        command.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(command) is > 0 and var index
            ? pipeline.PipelineElements[index - 1]
            : null;

    private static object? Piped(CommandAst command) =>
        Before(command) switch
        {
            CommandExpressionAst expression => Value(expression.Expression),
            CommandAst before => Output(before),
            _ => null,
        };

    /// <summary>The output of a command before the pipe, if it is known without running it.</summary>
    private static object? Output(CommandAst command) =>
        command.GetCommandName()?.ToUpperInvariant() switch
        {
            "GET-TRAININGRUN" => ConvNetSession.Current.Runs.LastOrDefault(),
            "NEW-NETWORK" or "IMPORT-DATASET" or "GET-NETWORKPRESET" or "GET-DATASET" or "GET-VARIABLE" => FirstArgument(command)
                ?? Piped(command),
            "START-TRAINING" or "ADD-AUGMENTATION" or "SPLIT-DATASET" or "SELECT-OBJECT" or "WHERE-OBJECT" => Piped(command)
                ?? FirstArgument(command),
            _ => null,
        };

    private static object? FirstArgument(CommandAst command) =>
        command.CommandElements.Skip(1).OfType<ExpressionAst>().Select(Value).FirstOrDefault();

    private static object? Value(ExpressionAst expression) =>
        expression switch
        {
            StringConstantExpressionAst text => text.Value,
            ArrayLiteralAst list => Value(list.Elements[0]),
            ParenExpressionAst { Pipeline: PipelineAst pipeline } => pipeline.PipelineElements[^1] switch
            {
                CommandExpressionAst inner => Value(inner.Expression),
                CommandAst inner => Output(inner),
                _ => null,
            },
            MemberExpressionAst { Static: false, Member: StringConstantExpressionAst { Value: var name } } member
            and not InvokeMemberExpressionAst => Value(member.Expression) is { } owner
                ? PSObject.AsPSObject(owner).Properties[name]?.Value
                : null,
            IndexExpressionAst index => Value(index.Target),
            VariableExpressionAst variable => Conversion.Values.Unwrap(
                ScriptBlock
                    .Create("$ExecutionContext.SessionState.PSVariable.GetValue($args[0])")
                    .Invoke(variable.VariablePath.UserPath)
                    .FirstOrDefault()
            ),
            _ => null,
        };

    private static NetworkPlan? Plan(object value) =>
        value switch
        {
            Network network => network.Plan,
            TrainingRun run => run.Network.Plan,
            NetworkSource source => source.Network.Plan,
            string name
                when NetworkPresets.All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    is { } preset => NetworkPlan.Fit(preset.Layers(), preset.InputShape),
            _ => null,
        };

    private static IReadOnlyList<string>? ClassesOf(object value) =>
        value switch
        {
            Dataset dataset => dataset.Classes,
            DatasetSource { Value: { } dataset } => dataset.Classes,
            TrainingRun run => run.Dataset.Classes,
            Network network => network.Classes,
            NetworkSource source => source.Network.Classes,
            Display.Records.Data.DatasetInfo info => KnownDatasets.Find(info.Name)?.Classes,
            string name => KnownDatasets.Find(name)?.Classes,
            _ => null,
        };
}
