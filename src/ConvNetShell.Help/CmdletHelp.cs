namespace ConvNetShell.Help;

/// <summary>What help says of a cmdlet.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Noun">The noun.</param>
/// <param name="Synopsis">The first sentence of its documentation.</param>
/// <param name="Description">The whole documentation, a paragraph an item.</param>
/// <param name="Sets">The parameter sets, the default one first.</param>
/// <param name="Outputs">The types it writes.</param>
/// <param name="Examples">The examples.</param>
/// <param name="Notes">Sources: papers and documents that it follows.</param>
/// <param name="Topic">The help topic about its area, or <see langword="null"/>.</param>
/// <param name="Link">Where Get-Help -Online leads, or <see langword="null"/>.</param>
internal sealed record CmdletHelp(
    string Verb,
    string Noun,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<ParameterSetHelp> Sets,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<string> Notes,
    string? Topic,
    string? Link
)
{
    /// <summary>Gets the name a user types.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>Gets every parameter once, by name; it takes pipeline input if it does so in any set.</summary>
    public IEnumerable<ParameterHelp> Parameters =>
        Sets.SelectMany(set => set.Parameters)
            .GroupBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(same =>
                same.First() with
                {
                    ByValue = same.Any(parameter => parameter.ByValue),
                    ByName = same.Any(parameter => parameter.ByName),
                }
            )
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);
}
