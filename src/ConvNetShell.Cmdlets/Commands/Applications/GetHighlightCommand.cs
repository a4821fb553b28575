using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Abstractions.Splits;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Applications.Highlights;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Films;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Streams;
using ConvNetShell.Display.Records.Highlights;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Applications;

/// <summary>
/// Returns the windows of a match that a network holds for highlights, the surest first: where each begins and ends, its score, and how
/// much of the evidence comes from the picture and from the sound. The match is one of a dataset, or a film of your own, which the
/// machine's ffmpeg reads. Show-Figure and Export-Figure draw the rows as a contact sheet; the property Timeline of a row draws the scores
/// of the whole match.
/// </summary>
/// <example>
/// <code>$run = New-Network TwoStream -Seed 1 | Start-Training Matches -Seed 1
/// Get-Highlight $run 3 -Top 10</code>
/// <output>
/// Rank Match          Start     End   Score Picture   Sound Right
/// ---- -----          -----     ---   ----- -------   ----- -----
///    1 3                8 s    10 s 100.0 %  22.3 %  77.7 % yes
///    2 3              114 s   116 s 100.0 %  10.0 %  90.0 % yes
///    3 3              102 s   104 s 100.0 %  17.6 %  82.4 % yes
///    4 3               92 s    94 s 100.0 %   2.8 %  97.2 % yes
///    5 3               56 s    58 s 100.0 %   0.0 % 100.0 % yes
///    6 3              118 s   120 s  95.6 %  82.0 %  18.0 % yes
///    7 3               98 s   100 s  90.9 %   0.0 % 100.0 % yes
///    8 3               78 s    80 s  73.3 %  82.6 %  17.4 % yes
///    9 3                4 s     6 s  30.8 %  61.7 %  38.3 % yes
///   10 3               36 s    38 s  29.9 % 100.0 %   0.0 % yes
/// </output>
/// The third match of Test. Right says whether the dataset has the window as a highlight.
/// </example>
/// <example>
/// <code>$best = Get-Highlight $run 3
/// $best | Export-Figure sheet.png
/// $best[0].Timeline | Export-Figure timeline.png
/// "$($best[0].Timeline)"</code>
/// <output>
/// TwoStream on match 3: 60 windows, 10 chosen
/// </output>
/// A contact sheet of frames and sound, and a chart of the whole match.
/// </example>
/// <example>
/// <code>Get-ChildItem films -Filter *.mp4 | Get-Highlight $run -Top 3</code>
/// The three best places of each film, in seconds from its beginning. ffmpeg must be installed.
/// </example>
[Cmdlet(VerbsCommon.Get, "Highlight", DefaultParameterSetName = NetworkSets.First, HelpUri = ProjectLinks.Help + "Get-Highlight")]
[OutputType(typeof(Highlight))]
public sealed class GetHighlightCommand : SplitCommand
{
    private const string PathSigns = "./\\:*?[~";

    private Film? latest; // several networks may look at one film, which is read once

    /// <summary>Gets or sets the networks or runs, as the first argument or by pipe.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.Items)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NetworkSets.LiteralPath)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Piped)]
    [NetworkListTransform(NextArgument.LayerOrImage)]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource[] Network { get; set; } = [];

    /// <summary>
    /// Gets or sets the matches: numbers in the split, or films (MP4, MKV, WebM and whatever else ffmpeg reads). Items of the file system
    /// are taken as they are; in a text wildcards are allowed where no file has that very name. A text without a dot, a wildcard or a
    /// folder that is no file either is a match of the split. Default: the first match of the split.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = NetworkSets.First)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = NetworkSets.Items)]
    [Parameter(Position = 0, ParameterSetName = NetworkSets.Piped)]
    [Alias("Path", "Film")]
    [MatchTransform]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageCompleter))]
    public object[] Match { get; set; } = [];

    /// <summary>Gets or sets films whose paths are taken as they are: brackets and asterisks are no wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NetworkSets.LiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Gets or sets how many windows are returned at most. Default: 10.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 10;

    /// <summary>
    /// Gets or sets the streams whose evidence counts: Both, Picture or Sound. Of the other stream the mean over the match counts. Default:
    /// Both.
    /// </summary>
    [Parameter]
    public HighlightStream Stream { get; set; }

    /// <summary>Gets or sets the dataset: an object, a known name or a path. Default: the run's own.</summary>
    [Parameter]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <inheritdoc />
    private protected override UntrainedWarning Untrained => UntrainedWarning.WhereARunWasTrained;

    /// <inheritdoc />
    protected override void Process() =>
        EachNetwork(
            Network,
            source =>
            {
                if (Match.Length + LiteralPath.Length == 0)
                {
                    FindInMatch(source, null);
                }
                foreach (object match in (object[])[.. Match, .. LiteralPath.Select(path => new FilePath(path, IsLiteral: true))])
                {
                    if (FilmPath(match) is { } film)
                    {
                        FindInFilms(source, film);
                    }
                    else
                    {
                        Attempt(() => FindInMatch(source, (string)match), match);
                    }
                }
            }
        );

    private void FindInMatch(NetworkSource source, string? match)
    {
        (Dataset data, DatasetSplit split) = Data(Dataset, source);
        WriteObject(HighlightFinder.Find(source.Network, data, split, match, Top, Stream, Device, Stop), enumerateCollection: true);
    }

    private void FindInFilms(NetworkSource source, FilePath path)
    {
        if (Dataset is not null || Split is not null)
        {
            throw new InvalidSettingException(
                Dataset is null ? "-Split" : "-Dataset",
                "left out where films are given",
                Dataset?.ToString() ?? $"{Split}"
            );
        }
        bool hears = HighlightFinder.Uses(source.Network, StreamKind.Sound) && Stream != HighlightStream.Picture;
        foreach (string file in Files(path))
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(
                () =>
                {
                    Film film = latest?.Path == file ? latest : latest = ReadBeside(options => FilmDecoder.Read(file, options));
                    IReadOnlyList<Highlight> best = HighlightFinder.Find(source.Network, film, Top, Stream, Device, Stop);
                    if (hears && !film.HasSound)
                    {
                        WriteWarning($"{film.Name} has no sound track: to the network it is silent.");
                    }
                    WriteObject(best, enumerateCollection: true);
                },
                file
            );
        }
    }

    /// <summary>Returns the path of a film, or <see langword="null"/> for a match of a dataset.</summary>
    private FilePath? FilmPath(object match)
    {
        if (match is FilePath path)
        {
            return path;
        }
        string text = (string)match;
        bool isFilm = !text.All(char.IsAsciiDigit) && (text.AsSpan().ContainsAny(PathSigns) || File.Exists(FullPath(text)));
        return isFilm ? new FilePath(text, IsLiteral: false) : null;
    }
}
