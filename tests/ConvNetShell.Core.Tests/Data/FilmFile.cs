using System.Diagnostics;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Matches;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>Makes films with the machine's ffmpeg.</summary>
internal static class FilmFile
{
    /// <summary>Skips the test where there is no ffmpeg.</summary>
    public static void RequireFfmpeg() =>
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
                .Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg"))),
            "ffmpeg is not installed."
        );

    /// <summary>Writes windows of a match as a film of 320x240 pixels with 25 frames a second, and its sound as AAC.</summary>
    public static string Write(TestFolder folder, string name, DatasetSplit windows, bool withSound = true)
    {
        using FileStream picture = File.Create(folder["picture.raw"]),
            sound = File.Create(folder["sound.raw"]);
        byte[] seen = new byte[MatchFilm.Frames * MatchFilm.PictureRows * MatchFilm.Width],
            heard = new byte[MatchFilm.Samples];
        for (int i = 0; i < windows.Count; i++)
        {
            MatchFilm.Part(windows.Image(i), seen, heard);
            picture.Write(seen);
            sound.Write(heard);
        }
        picture.Close();
        sound.Close();
        string[] input = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "32x24", "-r", "4", "-i", picture.Name],
            track = withSound ? ["-f", "u8", "-ar", "2048", "-ac", "1", "-i", sound.Name] : [];
        string path = folder[name];
        Run([
            .. input,
            .. track,
            .. "-vf scale=320:240:flags=neighbor,fps=25 -c:v mpeg4 -q:v 2 -pix_fmt yuv420p -c:a aac -ar 16000 -b:a 64k".Split(' '),
            path,
        ]);
        return path;
    }

    /// <summary>Runs ffmpeg.</summary>
    public static void Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
