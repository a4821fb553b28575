namespace ConvNetShell.Display.Mime;

/// <summary>
/// Says that a type draws itself in .NET Interactive, and in which forms. .NET Interactive finds the attribute, and reads its
/// properties, by their names; so nothing of it is referenced.
/// </summary>
/// <param name="preferredMimeTypes">The forms a front end gets when none is asked for. Those of a type that cannot always be drawn are HTML
/// and text, which always are.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface, Inherited = false)]
public sealed class TypeFormatterSourceAttribute(params string[] preferredMimeTypes) : Attribute
{
    /// <summary>Gets the type that makes the formatters; it has a method CreateTypeFormatters.</summary>
    public Type FormatterSourceType => typeof(FigureFormatterSource);

    /// <summary>Gets the forms a front end gets when none is asked for.</summary>
    public string[] PreferredMimeTypes { get; } = preferredMimeTypes;
}
