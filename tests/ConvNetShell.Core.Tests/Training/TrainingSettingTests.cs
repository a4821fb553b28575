using System.Text.Json;
using System.Text.Json.Nodes;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Storage;
using ConvNetShell.Core.Training.Checkpoints;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Training;

/// <summary>Parameters, recipes, checkpoints and the help topic have the settings as they are defined.</summary>
public sealed class TrainingSettingTests
{
    private static readonly string[] OtherParameters =
    [
        "Network",
        "Dataset",
        "Name",
        "NewClasses",
        "RunPath",
        "OnEpoch",
        "StopWhen",
        "AsJob",
        "Show",
        "ShowFilters",
        "KeepFilters",
        "Every",
        "DryRun",
        "WhatIf",
        "Confirm",
    ];

    public static TheoryData<string> Names => [.. TrainingSetting.All.Select(setting => setting.Name)];

    [Fact]
    public void Start_Training_has_a_parameter_for_each_setting_and_no_other() =>
        Assert.Equal(
            TrainingSetting.All.Select(setting => setting.Parameter).Distinct().Order(StringComparer.Ordinal),
            SettingsTable.Help.Keys.Except(OtherParameters).Order(StringComparer.Ordinal)
        );

    [Theory, MemberData(nameof(Names))]
    public void A_parameter_has_its_settings_type_and_default(string name)
    {
        TrainingSetting setting = Setting(name);
        (_, string type, string standard) = SettingsTable.Help[setting.Parameter];
        (string Type, string Default) expected =
            setting.Parameter == "ClassWeight" ? ("ClassWeights", "1 for all")
            : setting.Name == "KeepLast" ? ("SwitchParameter", setting.Default)
            : SettingsTable.IsSwitch(setting) ? ("SwitchParameter", "False")
            : (setting.Type.Name, setting.Default);

        Assert.Equal(expected, (type, standard));
    }

    [Fact]
    public void The_help_topic_has_the_list_of_the_settings()
    {
        string list = SettingsTable.Write();
        Assert.True(
            SettingsTable.Topic.Contains(list, StringComparison.Ordinal),
            $"about_ConvNetShell_Training must have this list:\n{list}"
        );
    }

    [Fact]
    public void Settings_are_copied_whole_by_their_definitions()
    {
        TrainingSettings settings = Other();
        TrainingSettings copy = Copy(settings);

        Assert.Equal(settings with { Checkpoints = null }, copy with { Checkpoints = null });
        Assert.Equal(settings.Checkpoints, copy.Checkpoints);
        Assert.All(
            TrainingSetting.All.Where(setting => setting.Type != typeof(string)),
            setting => Assert.NotEqual(setting.Get(Default()), setting.Get(copy))
        );
    }

    [Fact]
    public void A_checkpoints_JSON_has_each_setting_by_its_name()
    {
        TrainingSettings settings = Other();
        string json = JsonSerializer.Serialize(settings, StoredJson.Options);
        JsonObject all = JsonNode.Parse(json)!.AsObject();
        string[] names =
        [
            .. all.Select(pair => pair.Key).Except(["Recipe", "Checkpoints"]),
            .. all["Checkpoints"]!.AsObject().Select(pair => pair.Key),
        ];
        TrainingSettings read = JsonSerializer.Deserialize<TrainingSettings>(json, StoredJson.Options)!;

        Assert.Equal(
            TrainingSetting.All.Select(setting => setting.Name).Order(StringComparer.Ordinal),
            names.Order(StringComparer.Ordinal)
        );
        Assert.All(TrainingSetting.All, setting => Assert.Equal(setting.Get(settings), setting.Get(read)));
    }

    public static TheoryData<string> Recipes =>
        [.. NetworkPresets.All.Where(preset => preset.Recipe is not null).Select(preset => preset.Name)];

    [Theory, MemberData(nameof(Recipes))]
    public void A_presets_recipe_is_made_of_settings(string preset)
    {
        TrainingSettings recipe = NetworkPresets.Find(preset).Recipe!;
        Assert.Equal(recipe with { StepSize = 1 }, Copy(recipe) with { StepSize = 1 });
    }

    public static TheoryData<string> Bounded =>
        [.. TrainingSetting.All.Where(setting => setting.Expected is not null).Select(setting => setting.Name)];

    [Theory, MemberData(nameof(Bounded))]
    public void A_value_out_of_bounds_is_refused_by_the_settings_own_words(string name)
    {
        TrainingSetting setting = Setting(name);
        object bad =
            setting.Type == typeof(TimeSpan) ? TimeSpan.FromSeconds(-1)
            : setting.Type == typeof(double) ? -1.0
            : Convert.ChangeType(-1, setting.Type, null);
        var error = Assert.Throws<InvalidSettingException>(() => setting.With(Other(), bad));

        Assert.Equal(setting.Parameter, error.Setting);
        Assert.StartsWith($"{setting.Parameter} must be {setting.Expected}. Received: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Epochs", "an integer of 1 or more")]
    [InlineData("LearningRate", "above 0 and at most 1E+30")]
    [InlineData("WeightDecay", "a finite number of 0 or more")]
    [InlineData("Momentum", "0 or more and below 1")]
    [InlineData("TrainFraction", "above 0 and at most 1")]
    [InlineData("Gamma", "above 0 and below 1")]
    [InlineData("Patience", "0 (no limit) or more epochs")]
    [InlineData("MaxTime", "a time above 0")]
    public void Bounds_are_put_into_words(string name, string expected) => Assert.Equal(expected, Setting(name).Expected);

    [Fact]
    public void Checkpoint_settings_need_the_folder() =>
        Assert.Equal(
            "CheckpointPath must be given with KeepTop. Received: nothing.",
            Assert.Throws<InvalidSettingException>(() => Setting("KeepTop").With(new TrainingSettings(), 3)).Message
        );

    [Fact]
    public void An_augmentation_is_turned_off_by_false()
    {
        var settings = new TrainingSettings { Augmentation = new Augmentation(flip: true, shift: 2) };
        Assert.Equal(Augmentation.None, Setting("Augmentation").With(settings, false).Augmentation);
    }

    private static TrainingSetting Setting(string name) => TrainingSetting.All.Single(setting => setting.Name == name);

    private static TrainingSettings Copy(TrainingSettings settings) =>
        TrainingSetting
            .All.Where(setting => setting.Get(settings) is not null)
            .Aggregate(new TrainingSettings { Recipe = settings.Recipe }, (copy, setting) => setting.With(copy, setting.Get(settings)));

    private static TrainingSettings Default() => new() { Checkpoints = new CheckpointSettings { Path = "default" } };

    /// <summary>Returns settings of which each has another value than the default.</summary>
    private static TrainingSettings Other() =>
        TrainingSetting.All.Aggregate(Default(), (settings, setting) => setting.With(settings, Another(setting, setting.Get(settings))));

    private static object Another(TrainingSetting setting, object? value) =>
        value switch
        {
            bool isOn => !isOn,
            int number => number + 1,
            long number => number + 1,
            double number => number == 1 ? 0.5 : number / 2 + 0.25,
            string text => text + "1",
            Augmentation => new Augmentation(flip: true, shift: 2),
            Enum => Enum.ToObject(setting.Type, 1),
            null when setting.Type == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
            _ => new[] { 1.0, 2.0 },
        };
}
