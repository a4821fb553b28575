using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ConvNetShell.Architecture.Tests;

/// <summary>THIRD-PARTY-NOTICES.txt names every package whose files are in the module or in cnsh, with its version and license.</summary>
public sealed partial class NoticesTests
{
    private static readonly string[] ModuleProjects = ["Cmdlets", "Kernel", "Interactive"];
    private static readonly string Text = File.ReadAllText(Path.Combine(BuiltAssembly.Root, "module", "THIRD-PARTY-NOTICES.txt"));

    private static readonly Dictionary<string, (string Version, string License)> Listed = Line()
        .Matches(Text)
        .ToDictionary(line => line.Groups["name"].Value, line => (line.Groups["version"].Value, line.Groups["license"].Value));

    [Fact]
    public void Packages_of_the_module_are_listed()
    {
        HashSet<string> built =
        [
            .. Directory.EnumerateFiles(Path.Combine(BuiltAssembly.Root, "module", "bin")).Select(file => Path.GetFileName(file)),
        ];
        var left = new Regex(
            XDocument
                .Load(Path.Combine(BuiltAssembly.Root, "src", "Directory.Build.props"))
                .Descendants("NeverLoaded")
                .Select(element => element.Value)
                .Single()
        );
        Package[] shipped =
        [
            .. ModuleProjects
                .SelectMany(Packages)
                .Where(package => package.Files.Any(file => built.Contains(file) && !left.IsMatch(Path.GetFileNameWithoutExtension(file))))
                .DistinctBy(package => package.Name),
        ];

        Assert.InRange(shipped.Length, 10, 100);
        Assert.All(
            shipped,
            package =>
            {
                Assert.True(Listed.ContainsKey(package.Name), $"{package.Name} is missing.");
                Assert.Equal((package.Version, package.License), Listed[package.Name]);
            }
        );
    }

    [Fact]
    public void Packages_of_cnsh_are_under_the_licenses_that_are_listed()
    {
        Package[] other = [.. Packages("Host").Where(package => package.License != "MIT" && !IsForWindows(package))];

        Assert.All(other, package => Assert.Equal((package.Version, package.License), Listed.GetValueOrDefault(package.Name)));
        Assert.Contains(
            $"PowerShell {Packages("Host").Single(package => package.Name == "Microsoft.PowerShell.SDK").Version} ",
            Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_is_listed_that_no_project_has()
    {
        HashSet<string> known = [.. ModuleProjects.Append("Host").SelectMany(Packages).Select(package => package.Name)];
        Assert.NotEmpty(Listed);
        Assert.All(Listed.Keys, name => Assert.Contains(name, known));
    }

    private static bool IsForWindows(Package package) =>
        package.Files.All(file => file.EndsWith(".dll", StringComparison.Ordinal))
        && package.Name.Contains("win", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the packages whose files a project is built with or runs with.</summary>
    private static IEnumerable<Package> Packages(string project)
    {
        string file = Path.Combine(BuiltAssembly.Root, "src", $"ConvNetShell.{project}", "obj", "project.assets.json");
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(file));
        string root = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        foreach (JsonProperty library in assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            string[] files =
            [
                .. new[] { "runtime", "native", "runtimeTargets" }
                    .Where(kind => library.Value.TryGetProperty(kind, out _))
                    .SelectMany(kind => library.Value.GetProperty(kind).EnumerateObject())
                    .Select(item => Path.GetFileName(item.Name))
                    .Where(name => name != "_._"),
            ];
            if (library.Value.GetProperty("type").GetString() == "package" && files.Length > 0)
            {
                string[] parts = library.Name.Split('/');
                yield return new Package(parts[0], parts[1], License(root, parts[0], parts[1]), files);
            }
        }
    }

    /// <summary>Returns a package's license, that of the file it names where its first line says so, or the address it names.</summary>
    private static string License(string root, string name, string version)
    {
        string folder = Path.Combine(root, name.ToLowerInvariant(), version.ToLowerInvariant());
        XElement metadata = XDocument.Load(Path.Combine(folder, name.ToLowerInvariant() + ".nuspec")).Root!.Elements().First();
        string named =
            new[] { "license", "licenseUrl" }
                .Select(element => metadata.Elements().FirstOrDefault(child => child.Name.LocalName == element)?.Value)
                .FirstOrDefault(value => value is not null)
            ?? string.Empty;
        string file = Path.Combine(folder, named);
        return File.Exists(file) && File.ReadLines(file).First().Trim() == "MIT License" ? "MIT" : named;
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z][\w.-]+) +(?<version>\d+\.\d+\.\d[\w.-]*) +(?<license>\S+)", RegexOptions.Multiline)]
    private static partial Regex Line();

    private sealed record Package(string Name, string Version, string License, string[] Files);
}
