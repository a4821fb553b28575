using System.Management.Automation;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Data;
using ArgumentValues = ConvNetShell.Cmdlets.Parameters.Conversion.Values;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>The group of each image of a split: the value of an attribute, of a property of the sample, or of a script.</summary>
/// <param name="Name">The name of the property.</param>
/// <param name="Values">The group of each image.</param>
internal sealed record SampleGroups(string Name, IReadOnlyList<string> Values)
{
    private const string Missing = "none";

    /// <summary>Groups the images of a split.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="split">The images.</param>
    /// <param name="by">The name of an attribute (Skin) or of a property of the sample (Class), or a script that gets the sample as $_.
    /// </param>
    /// <exception cref="NameNotFoundException">The images have no such property.</exception>
    public static SampleGroups Of(Dataset data, DatasetSplit split, object by)
    {
        object? wanted = ArgumentValues.Unwrap(by);
        if (wanted is ScriptBlock script)
        {
            return new SampleGroups(script.ToString().Trim(), Each(data, split, sample => Run(script, sample)));
        }
        string name = wanted?.ToString() ?? string.Empty;
        if (split.Attributes.TryGet(name, out IReadOnlyList<string>? found))
        {
            return new SampleGroups(split.Attributes.Names.First(own => own.Equals(name, StringComparison.OrdinalIgnoreCase)), found);
        }
        PSObject first = PSObject.AsPSObject(ImageSamples.FromSplit(data, split, 0));
        if (first.Properties[name] is not { } property)
        {
            string[] names = [.. split.Attributes.Names, .. first.Properties.Select(own => own.Name)];
            throw new NameNotFoundException("Property.NotFound", "-By", names, name);
        }
        return new SampleGroups(property.Name, Each(data, split, sample => PSObject.AsPSObject(sample).Properties[name].Value));
    }

    private static string[] Each(Dataset data, DatasetSplit split, Func<ImageSample, object?> value) =>
        [.. Enumerable.Range(0, split.Count).Select(index => Text(value(ImageSamples.FromSplit(data, split, index))))];

    private static object? Run(ScriptBlock script, ImageSample sample) =>
        script.InvokeWithContext(null, [new PSVariable("_", sample)]) is [.., var last] ? last : null;

    private static string Text(object? value) =>
        ArgumentValues.Unwrap(value) is { } known && ArgumentValues.Text(known) is { Length: > 0 } text ? text : Missing;
}
