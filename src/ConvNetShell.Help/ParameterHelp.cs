namespace ConvNetShell.Help;

/// <summary>What help says of a parameter in one parameter set.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The name of its type.</param>
/// <param name="Values">The values of an enumeration; empty for any other type.</param>
/// <param name="Text">The documentation.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Position">The position, from 0, or <see langword="null"/> where it must be named.</param>
/// <param name="ByValue">Whether it takes objects of the pipeline.</param>
/// <param name="ByName">Whether it takes properties of objects of the pipeline.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Wildcards">Whether it takes wildcards.</param>
internal sealed record ParameterHelp(
    string Name,
    string Type,
    IReadOnlyList<string> Values,
    string Text,
    bool Required,
    int? Position,
    bool ByValue,
    bool ByName,
    IReadOnlyList<string> Aliases,
    bool Wildcards
)
{
    /// <summary>Gets a value indicating whether it is a switch.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>Gets the pipeline input, as Get-Help words it.</summary>
    public string PipelineInput =>
        (ByValue, ByName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };
}
