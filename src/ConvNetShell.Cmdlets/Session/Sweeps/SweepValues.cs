using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Sweeps.Workers;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Storage;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Cmdlets.Session.Sweeps;

/// <summary>
/// The values of the session that a trial's script uses, as files of the sweep: networks and datasets each in one file, others as
/// PowerShell's XML.
/// </summary>
internal static class SweepValues
{
    /// <summary>What the names of variables begin with that stand for $using: ones.</summary>
    public const string UsingPrefix = "__using_";

    private const string Folder = "values",
        NetworkEnd = NetworkFile.Extension,
        DatasetEnd = ".dataset",
        OtherEnd = ".xml";

    /// <summary>Returns a script whose $using: variables are plain ones, and their values.</summary>
    /// <param name="script">The script.</param>
    /// <param name="session">Where the variables are.</param>
    public static (string Text, Dictionary<string, object?> Values) Take(ScriptBlock script, SessionState session)
    {
        string text = script.ToString();
        int start = script.Ast.Extent.StartOffset + 1; // the text of a script block is without its braces
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (
            UsingExpressionAst use in script
                .Ast.FindAll(node => node is UsingExpressionAst, searchNestedScriptBlocks: true)
                .Cast<UsingExpressionAst>()
                .OrderByDescending(use => use.Extent.StartOffset)
        )
        {
            string name = ((VariableExpressionAst)use.SubExpression).VariablePath.UserPath;
            values[UsingPrefix + name] = session.PSVariable.GetValue(name);
            int at = use.Extent.StartOffset - start;
            text = $"{text[..at]}${{{UsingPrefix}{name}}}{text[(at + use.Extent.Text.Length)..]}";
        }
        return (text, values);
    }

    /// <summary>Writes values.</summary>
    /// <exception cref="InvalidSettingException">One is of a kind that cannot be kept.</exception>
    public static void Write(string sweep, IReadOnlyDictionary<string, object?> values)
    {
        string folder = Path.Combine(sweep, Folder);
        Directory.CreateDirectory(folder);
        foreach ((string name, object? value) in values)
        {
            string path = Path.Combine(folder, name);
            switch (Values.Unwrap(value))
            {
                case Network network:
                    NetworkFile.Write(path + NetworkEnd, network);
                    break;
                case TrainingRun run:
                    NetworkFile.Write(path + NetworkEnd, run.Network);
                    break;
                case StoredRun run:
                    NetworkFile.Write(path + NetworkEnd, run.ToRun().Network);
                    break;
                case Dataset dataset:
                    StoredDataset.Write(path + DatasetEnd, dataset);
                    break;
                default:
                    AtomicFile.Write(path + OtherEnd, System.Text.Encoding.UTF8.GetBytes(PSSerializer.Serialize(value, depth: 5)));
                    break;
            }
        }
    }

    /// <summary>Reads the values of a sweep.</summary>
    public static Hashtable Read(string sweep)
    {
        var values = new Hashtable(StringComparer.OrdinalIgnoreCase);
        string folder = Path.Combine(sweep, Folder);
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            object? value = Path.GetExtension(file) switch
            {
                NetworkEnd => NetworkFile.Read(file),
                DatasetEnd => StoredDataset.Read(file),
                OtherEnd => PSSerializer.Deserialize(File.ReadAllText(file)),
                _ => null,
            };
            values[Path.GetFileNameWithoutExtension(file)] = value;
        }
        return values;
    }
}
