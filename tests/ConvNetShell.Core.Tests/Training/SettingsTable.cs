using System.Text;
using System.Xml.Linq;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Start-Training's built help, and the help topic's list of settings as the definitions and that help give it.</summary>
internal static class SettingsTable
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly string ModuleFolder = (string)AppContext.GetData("ConvNetShell.NativeFolder")!;

    /// <summary>Gets text, type and default of each parameter of Start-Training, by its name.</summary>
    public static IReadOnlyDictionary<string, (string Text, string Type, string Default)> Help { get; } =
        XDocument
            .Load(Path.Combine(ModuleFolder, "en-US", "ConvNetShell.Cmdlets.dll-Help.xml"))
            .Descendants(Command + "command")
            .Single(command => (string?)command.Element(Command + "details")!.Element(Command + "name") == "Start-Training")
            .Element(Command + "parameters")!
            .Elements(Command + "parameter")
            .ToDictionary(
                parameter => (string)parameter.Element(Maml + "name")!,
                parameter =>
                    (
                        (string)parameter.Element(Maml + "description")!,
                        (string)parameter.Element(Command + "parameterValue")!,
                        (string)parameter.Element(Dev + "defaultValue")!
                    )
            );

    /// <summary>Gets the topic about_ConvNetShell_Training.</summary>
    public static string Topic { get; } =
        File.ReadAllText(Path.Combine(ModuleFolder, "..", "en-US", "about_ConvNetShell_Training.help.txt"));

    /// <summary>Returns the list: the settings by group, each with its values and default, and below them its meaning.</summary>
    public static string Write()
    {
        var list = new StringBuilder();
        SettingGroup? last = null;
        foreach (TrainingSetting setting in TrainingSetting.All.DistinctBy(setting => setting.Parameter).OrderBy(setting => setting.Group))
        {
            if (setting.Group != last)
            {
                list.Append($"\n    {setting.Group}\n");
                last = setting.Group;
            }
            string standard = setting.IsTurnedOff ? "off" : setting.Default;
            list.Append($"      -{setting.Parameter}\n");
            list.Append(TopicText.Wrap($"{Meaning(setting)}. Values: {Values(setting)}. Default: {standard}.", "          "));
        }
        return list.ToString();
    }

    /// <summary>Returns whether a setting's parameter is a switch.</summary>
    public static bool IsSwitch(TrainingSetting setting) => setting.Type == typeof(bool) || setting.Type == typeof(Augmentation);

    private static string Values(TrainingSetting setting) =>
        setting.Type.IsEnum ? string.Join(", ", Enum.GetNames(setting.Type))
        : IsSwitch(setting) ? "switch"
        : setting.Parameter == "ClassWeight" ? "numbers, or Balanced"
        : setting.IsFolder ? "a folder"
        : setting.Expected is not { } expected ? (setting.Type == typeof(int) ? "an integer" : "a device")
        : setting.Unit is not { } unit || expected.EndsWith(unit, StringComparison.Ordinal) ? expected
        : $"{expected} ({unit})";

    private static string Meaning(TrainingSetting setting)
    {
        string text = Help[setting.Parameter].Text;
        int end = text.IndexOf(setting.Type.IsEnum ? ": " : ". ", StringComparison.Ordinal); // the values have a column
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
