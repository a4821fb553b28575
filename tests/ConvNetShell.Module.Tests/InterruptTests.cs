using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Ctrl+C in a cmdlet that takes long: the pipeline ends at once, or with the batch that runs.</summary>
[Trait("Speed", "Slow")]
public sealed class InterruptTests(InterruptTests.Session session) : IClassFixture<InterruptTests.Session>
{
    // 200 ms on idle cores; other tests run beside this one.
    private static readonly TimeSpan Head = TimeSpan.FromMilliseconds(500),
        Patience = TimeSpan.FromSeconds(2),
        OfWorkers = TimeSpan.FromSeconds(20); // the workers of a sweep end with their batch, and keep a checkpoint

    [Theory]
    [InlineData("Import-Dataset Shapes -Resize 3,224,224")]
    [InlineData("Import-Dataset Shapes -Resize 3,224,224", 4)] // the images are made, and are being resized
    [InlineData("Import-Dataset $folder")]
    [InlineData("Save-Dataset $data -Path (Join-Path $home2 saved)")]
    [InlineData("Split-Dataset $wide -Validation 0.3 | Save-Dataset -Path (Join-Path $home2 split)")]
    [InlineData("$net | Start-Training $data -Epochs 100 -BatchSize 32")]
    [InlineData(
        "$net | Start-Sweep -Dataset $data -Parameter @{ LearningRate = 0.1, 0.2 } -Method Grid -Epochs 9 -SweepPath (Join-Path $home2 s)"
    )]
    [InlineData("$net | Find-LearningRate $data -BatchSize 32 -Steps 2000")]
    [InlineData("Measure-Network $net -BatchSize 32 -Rounds 500")]
    [InlineData("1..50 | ForEach-Object { Measure-Accuracy $net $data }")]
    [InlineData("1..50 | ForEach-Object { Get-ConfusionMatrix $net $data }")]
    [InlineData("1..50 | ForEach-Object { Measure-Calibration $net $data }")]
    [InlineData("1..50 | ForEach-Object { Find-LabelError $net $data }")]
    [InlineData("1..50 | ForEach-Object { Measure-Layer $net $data }")]
    [InlineData("1..50 | ForEach-Object { Test-Invariance $net $data -Shift (-8..8) -Flip }")]
    [InlineData("1..50 | ForEach-Object { Get-MaximalPatch $net relu1 (0..15) -Dataset $data }")]
    [InlineData("1..50 | ForEach-Object { $samples | Get-Prediction $net }")]
    [InlineData("$net | Get-FeatureMap -Layer conv1 -Dataset $data")]
    [InlineData("1..200 | ForEach-Object { Get-Saliency $net $sample -Method IntegratedGradient, Occlusion, SmoothGrad }")]
    [InlineData("1..50 | ForEach-Object { New-DreamImage $net conv2 0 -Steps 10000 }")]
    [InlineData("1..200 | ForEach-Object { Get-ReceptiveField $net -Effective }")]
    [InlineData("1..200 | ForEach-Object { Show-Network $net -Image $sample -PassThru | Export-Figure (Join-Path $home2 n.png) }")]
    [InlineData("1..200 | ForEach-Object { Export-NetworkReport $run -Path (Join-Path $home2 r.html) }")]
    [InlineData("1..20000 | ForEach-Object { Export-Network $net -Path (Join-Path $home2 n.onnx) -Force }")]
    [InlineData("1..50 | ForEach-Object { Invoke-Convolution $matrix -Kernel $kernel }")]
    [InlineData("1..50 | ForEach-Object { Find-Template $matrix -Template $kernel }")]
    [InlineData("1..200 | ForEach-Object { New-CrowdPicture -Seed $_ }")]
    [InlineData("Invoke-Notebook $notebook")]
    [InlineData("Show-Lecture $net $data -NoBrowser")]
    public void The_pipeline_ends(string line, int heads = 1)
    {
        using PowerShell shell = session.NewShell();
        shell.AddScript(line);
        IAsyncResult running = shell.BeginInvoke();

        bool hasEnded = running.AsyncWaitHandle.WaitOne(heads * Head);
        var watch = Stopwatch.StartNew();
        shell.Stop();

        TestContext.Current.TestOutputHelper?.WriteLine($"{(hasEnded ? "ended" : $"{watch.ElapsedMilliseconds} ms")}: {line}");
        Assert.True(shell.Streams.Error.Count == 0, $"{shell.Streams.Error.FirstOrDefault()}");
        Assert.False(hasEnded, "it has ended before it could be stopped");
        TimeSpan most = line.Contains("Start-Sweep", StringComparison.Ordinal) ? OfWorkers : Patience;
        Assert.True(watch.Elapsed < most, $"{watch.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>A runspace with the module, data and networks.</summary>
    public sealed class Session : IDisposable
    {
        private readonly Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        private readonly string folder = Directory.CreateTempSubdirectory("cnsh-interrupt-").FullName;

        public Session()
        {
            runspace.Open();
            using PowerShell shell = NewShell();
            shell
                .AddScript(
                    """
                    param($module, $home2)
                    Import-Module $module -ErrorAction Stop
                    $data = Import-Dataset Shapes
                    $wide = Import-Dataset Shapes
                    $sample = Select-Sample $data
                    $samples = Select-Sample $data -Count 200
                    $net = New-Network -Spec 'conv5x5x16 relu pool2 conv5x5x16 relu pool2 fc10 softmax' -InputShape 3,32,32
                    $run = $net | Start-Training $data -MaxSteps 2 -WarningAction SilentlyContinue
                    $folder = (Save-Dataset $data -Path (Join-Path $home2 folder)).FullName
                    $matrix = [float[][]]::new(1500)
                    for ($i = 0; $i -lt 1500; $i++) { $matrix[$i] = [float[]]::new(1500) }
                    $kernel = [float[][]]::new(151)
                    for ($i = 0; $i -lt 151; $i++) { $kernel[$i] = [float[]]::new(151); $kernel[$i][$i] = 1 }
                    $notebook = Join-Path $home2 'long.ipynb'
                    $cell = @{ cell_type = 'code'; execution_count = $null; metadata = @{}; outputs = @(); source = 'Start-Sleep 60' }
                    @{ cells = @($cell); metadata = @{}; nbformat = 4; nbformat_minor = 4 } | ConvertTo-Json -Depth 5 |
                        Set-Content -LiteralPath $notebook
                    """
                )
                .AddParameter("module", ModulePaths.Manifest)
                .AddParameter("home2", folder)
                .Invoke();
            if (shell.Streams.Error is [var error, ..])
            {
                throw new InvalidOperationException(error.ToString());
            }
        }

        public PowerShell NewShell()
        {
            PowerShell shell = PowerShell.Create();
            shell.Runspace = runspace;
            return shell;
        }

        public void Dispose()
        {
            runspace.Dispose();
            Assert.True(
                SpinWait.SpinUntil(() => !Directory.EnumerateDirectories(folder, "*.part*").Any(), TimeSpan.FromMinutes(1)),
                "the files of a stopped Save-Dataset are deleted soon after it"
            );
            Directory.Delete(folder, recursive: true);
        }
    }
}
