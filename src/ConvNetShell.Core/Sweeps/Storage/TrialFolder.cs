using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Training.Storage;

namespace ConvNetShell.Core.Sweeps.Storage;

/// <summary>The files of one trial: claims by attempt, pauses, the result, and the run.</summary>
internal sealed class TrialFolder(string path)
{
    private const string Claim = "claim-",
        Pause = "pause-",
        Beat = ".heartbeat";

    public static readonly JsonSerializerOptions Json = RunFolder.Options(isIndented: false);

    /// <summary>Gets the folder.</summary>
    public string Path { get; } = path;

    /// <summary>Gets the run; a trial's script may train further ones in folders beside it.</summary>
    public RunFolder Run => new(In("run"));

    /// <summary>Gets a value indicating whether any attempt was made.</summary>
    public bool Exists => Directory.Exists(Path);

    private string ResultPath => In("result.json");

    /// <summary>Returns the number of the latest attempt; 0 where there was none.</summary>
    public int LatestAttempt()
    {
        if (!Exists)
        {
            return 0;
        }
        int latest = 0;
        foreach (string file in Directory.EnumerateFiles(Path, Claim + "*"))
        {
            if (int.TryParse(System.IO.Path.GetFileName(file.AsSpan())[Claim.Length..], CultureInfo.InvariantCulture, out int attempt))
            {
                latest = Math.Max(latest, attempt);
            }
        }
        return latest;
    }

    /// <summary>Returns whether an attempt is still the latest one, and the trial has not ended: less to ask for than all files.</summary>
    public bool IsAt(int attempt) => !File.Exists(Numbered(Claim, attempt + 1)) && !File.Exists(ResultPath);

    /// <summary>Claims an attempt.</summary>
    /// <returns>False where another process has it.</returns>
    public bool TryClaim(int attempt, TrialClaim claim)
    {
        Directory.CreateDirectory(Path);
        return ExclusiveFile.TryCreate(Numbered(Claim, attempt), Bytes(claim));
    }

    /// <summary>Returns the claim of an attempt.</summary>
    public TrialClaim ReadClaim(int attempt) => Read<TrialClaim>(Numbered(Claim, attempt))!;

    /// <summary>Returns the heartbeat of an attempt.</summary>
    public string HeartbeatPath(int attempt) => Numbered(Claim, attempt) + Beat;

    /// <summary>Returns the pause that ended an attempt, or <see langword="null"/>.</summary>
    public TrialPause? ReadPause(int attempt) => Read<TrialPause>(Numbered(Pause, attempt));

    /// <summary>Ends an attempt at a rung.</summary>
    public void WritePause(int attempt, TrialPause pause) => ExclusiveFile.TryCreate(Numbered(Pause, attempt), Bytes(pause));

    /// <summary>Returns the result, or <see langword="null"/>.</summary>
    public TrialResult? ReadResult() => Read<TrialResult>(ResultPath);

    /// <summary>Ends the trial.</summary>
    /// <returns>False where another process has ended it.</returns>
    public bool TryFinish(TrialResult result) => ExclusiveFile.TryCreate(ResultPath, Bytes(result));

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    private static T? Read<T>(string path)
        where T : class => File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) : null;

    private string Numbered(string name, int attempt) => In(string.Create(CultureInfo.InvariantCulture, $"{name}{attempt}"));

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
