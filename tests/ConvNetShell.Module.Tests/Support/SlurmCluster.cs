using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>A Slurm cluster on loopback: munged, slurmctld and two nodes of one job each, all ended by its disposal.</summary>
internal sealed class SlurmCluster : IDisposable
{
    private const string Controller = "slurmctld";
    private static readonly string[] Programs = ["munged", Controller, "slurmd", "sbatch", "squeue", "scancel", "scontrol", "sinfo"];
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, Process> daemons = [];

    private SlurmCluster() { }

    /// <summary>The environment of Slurm's programs.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SLURM_CONF"] = Config };

    private string Config => folder["slurm.conf"];

    /// <summary>Starts a cluster; the test is skipped, with the reason, where that is not possible.</summary>
    public static SlurmCluster Start()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Slurm runs on Linux.");
        string[] missing = [.. Programs.Where(program => Find(program) is null)];
        Assert.SkipWhen(missing.Length > 0, $"Slurm (apt-get install slurm-wlm munge) is not installed: {string.Join(", ", missing)}.");
        var cluster = new SlurmCluster();
        try
        {
            cluster.Configure();
            cluster.StartDaemon(
                "munged",
                "--foreground",
                "--force",
                "--socket",
                cluster.folder["munge.socket"],
                "--key-file",
                cluster.folder["munge.key"],
                "--pid-file",
                cluster.folder["munged.pid"],
                "--log-file",
                cluster.folder["munged.log"],
                "--seed-file",
                cluster.folder["munged.seed"]
            );
            cluster.StartController();
            cluster.StartDaemon("slurmd", "-D", "-N", "n1", "-f", cluster.Config);
            cluster.StartDaemon("slurmd", "-D", "-N", "n2", "-f", cluster.Config);
            bool isReady = Wait(
                TimeSpan.FromSeconds(20),
                () => cluster.Run("sinfo", "--noheader", "--format=%T").StartsWith("idle", StringComparison.Ordinal)
            );
            Assert.SkipUnless(isReady, $"Slurm could not be started here: {cluster.Log()}");
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Ends the controller as a crash does, and starts it again.</summary>
    public void RestartController()
    {
        End(Controller);
        Thread.Sleep(1500);
        StartController();
    }

    /// <summary>Runs one of Slurm's programs and returns what it writes.</summary>
    public string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Config;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>Waits until something is so; returns whether it is.</summary>
    public static bool Wait(TimeSpan time, Func<bool> isSo)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(begun) > time)
            {
                return false;
            }
            Thread.Sleep(100);
        }
        return true;
    }

    public void Dispose()
    {
        if (daemons.ContainsKey(Controller))
        {
            Run("scancel", "--partition=test");
            Wait(TimeSpan.FromSeconds(10), () => Run("squeue", "--noheader").Length == 0);
        }
        foreach (string name in daemons.Keys.Reverse())
        {
            End(name);
        }
        folder.Dispose();
    }

    private static string? Find(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(path => Path.Combine(path, program))
            .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Configure()
    {
        File.WriteAllBytes(folder["munge.key"], RandomNumberGenerator.GetBytes(128));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder["munge.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        Directory.CreateDirectory(folder["state"]);
        File.WriteAllText(
            Config,
            $"""
            ClusterName=test
            SlurmctldHost=localhost(127.0.0.1)
            SlurmctldPort={FreePort()}
            SlurmUser={System.Environment.UserName}
            SlurmdUser={System.Environment.UserName}
            AuthType=auth/munge
            AuthInfo=socket={folder["munge.socket"]},cred_expire=5
            CredType=cred/munge
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SwitchType=switch/none
            MpiDefault=none
            StateSaveLocation={folder["state"]}
            SlurmdSpoolDir={folder["%n"]}
            SlurmctldPidFile={folder["slurmctld.pid"]}
            SlurmdPidFile={folder["slurmd-%n.pid"]}
            SlurmctldLogFile={folder["slurmctld.log"]}
            SlurmdLogFile={folder["slurmd-%n.log"]}
            ReturnToService=2
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
            KillWait=2
            AccountingStorageType=accounting_storage/none
            JobCompType=jobcomp/none
            JobAcctGatherType=jobacct_gather/none
            NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port={FreePort()} CPUs=1 State=UNKNOWN
            NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port={FreePort()} CPUs=1 State=UNKNOWN
            PreemptType=preempt/partition_prio
            PreemptMode=REQUEUE
            PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
            PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=2

            """
        );
    }

    private void StartController() => StartDaemon(Controller, "-D", "-f", Config);

    private void StartDaemon(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Config;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        daemons[program == "slurmd" ? program + arguments[2] : program] = process;
    }

    private void End(string name)
    {
        using Process process = daemons[name];
        process.Kill();
        process.WaitForExit();
        daemons.Remove(name);
    }

    private string Log() =>
        File.Exists(folder["slurmctld.log"]) ? File.ReadLines(folder["slurmctld.log"]).LastOrDefault(string.Empty) : "no log";
}
