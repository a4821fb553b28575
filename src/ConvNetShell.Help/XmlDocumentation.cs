using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConvNetShell.Help;

/// <summary>The XML documentation the compiler wrote, as plain text.</summary>
internal sealed partial class XmlDocumentation
{
    private static readonly (string Beginning, string Help)[] Beginnings =
    [
        ("Gets or sets a value indicating whether ", "Whether "),
        ("Gets a value indicating whether ", "Whether "),
        ("Gets or sets ", string.Empty),
        ("Gets ", string.Empty),
    ];
    private readonly Dictionary<string, XElement> members;

    private XmlDocumentation(IEnumerable<XDocument> documents) =>
        members = documents
            .SelectMany(document => document.Descendants("member"))
            .DistinctBy(member => member.Attribute("name")!.Value)
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>Reads a documentation file, and those beside it that its comments may inherit from.</summary>
    public static XmlDocumentation Load(string path) =>
        new(
            Directory
                .GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "ConvNetShell.*.xml")
                .OrderBy(file => file == Path.GetFullPath(path) ? 0 : 1)
                .Select(file => XDocument.Load(file, LoadOptions.PreserveWhitespace))
        );

    /// <summary>Returns the paragraphs of a type: its summary, then its remarks.</summary>
    public IReadOnlyList<string> Paragraphs(string type)
    {
        XElement member = Member($"T:{type}");
        return [.. new[] { member.Element("summary"), member.Element("remarks") }.OfType<XElement>().SelectMany(Split)];
    }

    /// <summary>Returns the examples of a type.</summary>
    public IReadOnlyList<ExampleHelp> Examples(string type) =>
        [
            .. Member($"T:{type}")
                .Elements("example")
                .Select(example =>
                {
                    string code = Unindent(string.Join("\n", example.Elements("code").Select(part => part.Value)));
                    string output = example.Element("output") is { } shown ? Unindent("\n" + shown.Value) : string.Empty;
                    var rest = new XElement(example);
                    rest.Elements("code").Remove();
                    rest.Elements("output").Remove();
                    return new ExampleHelp(code, output, Flat(rest));
                }),
        ];

    /// <summary>Returns the sources of a type: the text of its <c>seealso</c> elements with their addresses.</summary>
    public IReadOnlyList<string> Sources(string type) =>
        [
            .. Member($"T:{type}")
                .Elements("seealso")
                .Where(source => source.Attribute("href") is not null)
                .Select(source => $"{Flat(source)} {source.Attribute("href")!.Value}"),
        ];

    /// <summary>Returns the summary of a type of this project; empty for any other.</summary>
    public string Type(string type) =>
        members.GetValueOrDefault($"T:{type}")?.Element("summary") is { } summary ? Flat(summary) : string.Empty;

    /// <summary>Returns the documentation of a property as help words it: without "Gets or sets".</summary>
    public string Property(string type, string name)
    {
        string text = Flat(Member($"P:{type}.{name}").Element("summary")!);
        (string beginning, string help) = Beginnings
            .Append((Beginning: string.Empty, Help: string.Empty))
            .First(pair => text.StartsWith(pair.Beginning, StringComparison.Ordinal));
        string said = help + text[beginning.Length..];
        return char.ToUpper(said[0], CultureInfo.InvariantCulture) + said[1..];
    }

    private static IEnumerable<string> Split(XElement element)
    {
        var paragraphs = element.Elements("para").ToList();
        return paragraphs.Count == 0 ? [Flat(element)] : paragraphs.Select(Flat);
    }

    private static string Flat(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" or "seealso" or "paramref" or "typeparamref" } reference => Reference(reference),
            XElement element => string.Concat(element.Nodes().Select(Text))
                + (element.Name.LocalName is "para" or "item" ? " " : string.Empty),
            _ => string.Empty,
        };

    private static string Reference(XElement reference) =>
        reference.Attribute("langword")?.Value is string word ? "$" + word
        : reference.Attribute("name")?.Value is string name ? name
        : reference.Attribute("href")?.Value is string link ? link
        : reference.Attribute("cref")!.Value.Split('(')[0].Split('.', ':')[^1];

    private static string Unindent(string code)
    {
        string[] lines = code.Trim('\r', '\n', ' ').Split('\n');
        int indent = lines
            .Skip(1)
            .Where(line => line.Trim().Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return string.Join(
            '\n',
            lines.Select((line, index) => index == 0 || line.Length < indent ? line.Trim() : line[indent..].TrimEnd())
        );
    }

    private XElement Member(string name)
    {
        XElement? member = members.GetValueOrDefault(name);
        return member?.Element("inheritdoc")?.Attribute("cref")?.Value is string other ? Member(other)
            : member?.Element("summary") is not null ? member
            : throw new InvalidDataException(
                $"Help is made from documentation comments; expected one with a summary for {name}. Received: none."
            );
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
