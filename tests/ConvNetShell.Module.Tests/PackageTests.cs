using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Each package, installed from a folder into an empty home, does its main job.</summary>
[Trait("Speed", "Slow")]
public sealed class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private static readonly string[] ShapesClasses =
    [
        "checkerboard",
        "circle",
        "cross",
        "diagonal",
        "dots",
        "horizontal",
        "ring",
        "square",
        "star",
        "triangle",
    ];

    private static readonly string[] Libraries = ["Core", "Display", "Interactive", "Rendering"];

    private static string Rid => RuntimeInformation.RuntimeIdentifier;

    private static string Version => typeof(PackageTests).Assembly.GetName().Version!.ToString(3);

    [Fact]
    public void A_program_in_CSharp_trains_a_preset_and_predicts()
    {
        string readme = File.ReadAllText(
            Path.Combine(Path.GetDirectoryName(ModulePaths.Manifest)!, "src", "ConvNetShell.Core", "README.md")
        );
        string torch = Path.Combine(PackageFeed.Restored, $"libtorch-cpu-{Rid}");
        feed.Write("app/Program.cs", readme.Split("```csharp\n")[1].Split("```")[0]);
        feed.Write("app/NuGet.config", Sources(PackageFeed.Restored));
        string project = feed.Write(
            "app/app.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>true</CreateHardLinksForCopyFilesToOutputDirectoryIfPossible>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ConvNetShell.Core" Version="{Version}" />
                <PackageReference Include="libtorch-cpu-{Rid}" Version="{Path.GetFileName(Directory.GetDirectories(torch)[0])}" />
              </ItemGroup>
            </Project>
            """
        );

        string[] lines = feed.Run("dotnet", "run", "-c", "Release", "--project", project)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.InRange(double.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture), 0.2, 1);
        Assert.Contains(lines[1], ShapesClasses);
    }

    [Fact]
    public void The_tool_cnsh_trains_with_its_own_libtorch()
    {
        string sources = feed.Write("NuGet.config", Sources());
        string tools = Path.Combine(feed.Home, "tools");
        feed.Run("dotnet", "tool", "install", "cnsh", "--tool-path", tools, "--configfile", sources);

        string output = feed.Run(
            Path.Combine(tools, OperatingSystem.IsWindows() ? "cnsh.exe" : "cnsh"),
            "-Command",
            "$run = New-Network CIFAR10 | Start-Training Shapes -Epochs 1 -MaxSteps 3; $run.Status; (Get-Help New-Network).Name; "
                + "[System.Diagnostics.Process]::GetCurrentProcess().Modules.FileName -like '*torch_cpu*'"
        );

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Completed", "New-Network"], lines[..2]);
        Assert.StartsWith(tools, Assert.Single(lines[2..]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_modules_install_by_PSResourceGet_and_train()
    {
        string output = feed.RunPowerShell(
            $$"""
            $ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'
            Register-PSResourceRepository -Name local -Uri '{{feed.Folder}}' -Trusted
            Install-PSResource ConvNetShell.Assertions -Repository local
            Import-Module ConvNetShell.Assertions
            $net = New-Network CIFAR10
            ($net | Start-Training Shapes -Epochs 1 -MaxSteps 3).Status
            (Get-Command Should-Learn).Source
            $module = Get-Module ConvNetShell
            $module.ModuleBase
            $listed = $module.FileList | Sort-Object
            $there = Get-ChildItem $module.ModuleBase -Recurse -File | ForEach-Object FullName | Sort-Object
            $there = $there | Where-Object { $_ -notlike '*PSGetModuleInfo.xml' } # PSResourceGet's own
            "$((Compare-Object $listed $there).InputObject)"
            """
        );

        string folder = Path.Combine(feed.Home, ".local", "share", "powershell", "Modules", "ConvNetShell", Version);
        Assert.Equal(["Completed", "ConvNetShell.Assertions", folder, string.Empty], output.Split('\n')[..4]);
    }

    [Fact]
    public void The_folder_has_these_packages_with_what_a_feed_asks_for()
    {
        string[] names =
        [
            "cnsh",
            $"cnsh.{Rid}",
            "ConvNetShell",
            "ConvNetShell.Assertions",
            .. Libraries.Select(name => $"ConvNetShell.{name}"),
        ];
        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            Directory
                .GetFiles(feed.Folder, "*.nupkg")
                .Select(file => Path.GetFileName(file)[..^$".{Version}.nupkg".Length])
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            names,
            name =>
            {
                XElement metadata = Nuspec(name).Root!.Elements().First();
                string Value(string element) => metadata.Elements().Single(child => child.Name.LocalName == element).Value;
                Assert.Equal([name, Version, "MIT"], [Value("id"), Value("version"), Value("license")]);
                Assert.InRange(Value("description").Length, 20, 200);
                Assert.DoesNotContain("$", Value("description") + Value("tags"), StringComparison.Ordinal);
                Assert.StartsWith("https://", Value("projectUrl"), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void No_package_has_debug_files_or_parts_that_nothing_loads()
    {
        string[] never = ["FSharp.Core.dll", "Giraffe.ViewEngine.dll", "libtorch_python.so", "torch_python.dll", "libshm.so"];
        Assert.All(
            Directory.GetFiles(feed.Folder, "*.nupkg"),
            file =>
            {
                using ZipArchive package = ZipFile.OpenRead(file);
                Assert.DoesNotContain(
                    package.Entries,
                    entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal) || never.Contains(entry.Name)
                );
            }
        );
    }

    private string Sources(string? restored = null) =>
        $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{feed.Folder}" /></packageSources>
              <fallbackPackageFolders><clear />{(
                restored is null ? null : $"""<add key="restored" value="{restored}" />"""
            )}</fallbackPackageFolders>
            </configuration>
            """;

    private XDocument Nuspec(string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(feed.Folder, $"{name}.{Version}.nupkg"));
        using Stream stream = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(stream);
    }
}
