using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConvNetShell.Help;

/// <summary>The XML documentation the compiler wrote, as plain text.</summary>
internal sealed partial class XmlDocumentation
{
    private const string Setter = "Gets or sets ",
        Switch = "Gets or sets a value indicating whether ";
    private readonly Dictionary<string, XElement> members;

    private XmlDocumentation(XDocument document) =>
        members = document.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>Reads a documentation file.</summary>
    public static XmlDocumentation Load(string path) => new(XDocument.Load(path, LoadOptions.PreserveWhitespace));

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
                    var rest = new XElement(example);
                    rest.Elements("code").Remove();
                    return new ExampleHelp(code, Flat(rest));
                }),
        ];

    /// <summary>Returns the text about a property, without "Gets or sets".</summary>
    public string Property(string type, string name)
    {
        string text = Flat(Member($"P:{type}.{name}").Element("summary")!);
        string said =
            text.StartsWith(Switch, StringComparison.Ordinal) ? "Whether " + text[Switch.Length..]
            : text.StartsWith(Setter, StringComparison.Ordinal) ? text[Setter.Length..]
            : text;
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

    private XElement Member(string name) =>
        members.TryGetValue(name, out XElement? member) && member.Element("summary") is not null
            ? member
            : throw new InvalidDataException(
                $"Help is made from documentation comments; expected one with a summary for {name}. Received: none."
            );

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
