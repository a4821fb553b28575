BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $WarningPreference = 'SilentlyContinue'
    $images = Import-Dataset (New-TinyData)
    $spec = 'conv3x3x4 relu pool2 fc3 softmax'

    # Runs a line in a session of its own, waits for the first thing it puts out, gives that to a script, and presses Ctrl+C.
    function Invoke-UntilStopped {
        param([string] $Line, [hashtable] $Variables, [scriptblock] $Meanwhile)
        $shell = [powershell]::Create()
        try {
            $module = (Get-Module ConvNetShell).Path -replace 'module[\\/]ConvNetShell\.psm1$', 'ConvNetShell.psd1'
            $null = $shell.AddScript("Import-Module '$module'").Invoke()
            foreach ($name in $Variables.Keys) { $shell.Runspace.SessionStateProxy.SetVariable($name, $Variables[$name]) }
            $shell.Commands.Clear()
            $none = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $none.Complete()
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $null = $shell.AddScript($Line).BeginInvoke($none, $output)
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while ($output.Count -eq 0 -and $clock.Elapsed.TotalSeconds -lt 60 -and $shell.Streams.Error.Count -eq 0) { Start-Sleep -Milliseconds 20 }
            $shell.Streams.Error.Count | Should -Be 0 # to enumerate an open stream would wait
            & $Meanwhile "$($output[0])"
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be Stopped
            $shell.Commands.Clear()
            $shell.AddScript('Get-TrainingRun -Last').Invoke()
        }
        finally {
            $shell.Dispose()
        }
    }

    function Wait-Frame {
        param([string] $Url, [scriptblock] $Until)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        do {
            $frame = Invoke-RestMethod "${Url}frame?after=0" -UseBasicParsing
            if (& $Until $frame) { return $frame }
            Start-Sleep -Milliseconds 50
        } while ($clock.Elapsed.TotalSeconds -lt 60)
        throw "not so within a minute: $Until"
    }

    function Send-Lecture {
        param([string] $Url, [hashtable] $Body)
        $null = Invoke-RestMethod $Url -Method Post -ContentType application/json -Body ($Body | ConvertTo-Json)
    }
}

Describe 'Show-Lecture' {
    AfterEach { Get-Job | Where-Object PSJobTypeName -EQ ConvNetLecture | Remove-Job -Force }

    It 'trains in a job with a page, until Stop-Job' {
        $job = Show-Lecture -Spec $spec $images -AsJob -NoBrowser -Threads 1
        $job.State | Should -Be Running
        $job.Url | Should -MatchExactly '^http://127\.0\.0\.1:\d+/[0-9a-f]{32}/$'
        $null = Wait-Frame $job.Url { param($frame) $frame.steps -gt 5 }
        $job.StatusMessage | Should -Match '^Running: [\d,]+ images, loss '
        "$($job | Format-Table | Out-String -Width 150)" | Should -Match 'Url'
        (Invoke-WebRequest $job.Url -UseBasicParsing).Content | Should -BeLike '*<title>Lecture</title>*'

        Stop-Job $job
        $job.State | Should -Be Stopped
        { Invoke-WebRequest $job.Url -UseBasicParsing -TimeoutSec 5 } | Should -Throw
        $run = Get-TrainingRun -Last
        $run.Status | Should -Be Stopped
        (Measure-Accuracy $run $images).Count | Should -Be 12
    }

    It 'goes on until Ctrl+C, closes the port and leaves the run' {
        $net = New-TinyNetwork $spec
        $before = (Get-Filter $net conv1).Values -join ' '
        $run = Invoke-UntilStopped '$net | Show-Lecture -Dataset $images -NoBrowser -Threads 1' @{ net = $net; images = $images } {
            param($url)
            $script:address = $url
            $null = Wait-Frame $url { param($frame) $frame.steps -gt 5 -and $frame.state -eq 'running' }
        }
        $run.Status | Should -Be Stopped
        $run.Network.Name | Should -BeExactly tiny
        { Invoke-WebRequest $address -UseBasicParsing -TimeoutSec 5 } | Should -Throw
        (Get-Filter $net conv1).Values -join ' ' | Should -BeExactly $before -Because 'a copy trains'
    }

    It 'follows its page: settings, a wrong definition, another one' {
        $job = Show-Lecture -Spec $spec $images -AsJob -NoBrowser -Threads 1 -LearningRate 0.01 -Momentum 0.5 -BatchSize 4 -WeightDecay 0.001
        $settings = (Wait-Frame $job.Url { param($frame) $frame.steps -gt 0 }).settings
        "$($settings.learningRate) $($settings.momentum) $($settings.batchSize) $($settings.weightDecay)" | Should -Be '0.01 0.5 4 0.001'
        Send-Lecture "$($job.Url)settings" @{ learningRate = 0.002; momentum = 0.9; batchSize = 6; weightDecay = 0 }
        (Wait-Frame $job.Url { param($frame) $true }).settings.learningRate | Should -Be 0.002

        $wrong = { Send-Lecture "$($job.Url)restart" @{ spec = 'conv3x3x4 nonsense' } } | Should -Throw -PassThru
        $wrong.ErrorDetails.Message | Should -BeLike '*nonsense*'
        (Wait-Frame $job.Url { param($frame) $true }).spec | Should -BeExactly $spec

        Send-Lecture "$($job.Url)restart" @{ spec = 'fc3 softmax' }
        $frame = Wait-Frame $job.Url { param($frame) $frame.run -eq 2 -and $frame.steps -gt 0 }
        $frame.spec | Should -BeExactly 'fc3 softmax'
        $frame.settings.learningRate | Should -Be 0.002
        @(Get-TrainingRun)[-1].Network.Spec | Should -BeExactly 'fc3 softmax'
    }

    It 'takes the CIFAR10 network in the size of a dataset where none is given, and a run with its dataset' {
        $large = Import-Dataset (New-TinyData) -Resize 3, 16, 16
        $job = Show-Lecture -Dataset $large -AsJob -NoBrowser -Threads 1
        $frame = Wait-Frame $job.Url { param($frame) $frame.steps -gt 0 }
        "$($frame.network) $($frame.inputShape) $($frame.layers[-1].shape)" | Should -BeExactly 'CIFAR10 3x16x16 3'

        $job = New-TinyRun $images | Show-Lecture -AsJob -NoBrowser -Threads 1
        (Wait-Frame $job.Url { param($frame) $frame.steps -gt 0 }).dataset | Should -BeExactly $images.Name
    }

    It 'is shown in a notebook, with its address' {
        . "$PSScriptRoot/DisplayRecorder.ps1"
        $calls = Start-DisplayRecorder
        try { $job = Show-Lecture -Spec $spec $images -AsJob -Threads 1 } finally { Remove-Variable ConvNetDisplay -Scope Global }
        $calls.Count | Should -Be 1
        $shown = $calls[0].Data
        $shown['text/html'] | Should -BeLike "*<iframe src=`"$($job.Url)`"*"
        $shown['text/plain'] | Should -BeExactly $job.Url
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'another number of classes'; Line = 'Show-Lecture -Spec "fc4 softmax" $images -NoBrowser'; Text = 'one value for each of 3 classes' }
        @{ Why = 'a definition that is none'; Line = 'Show-Lecture -Spec "fc4 nonsense" $images -NoBrowser'; Text = "Received: 'nonsense'" }
        @{ Why = 'signals'; Line = 'Show-Lecture Conv1D Signals -NoBrowser'; Text = 'pictures of 1 or 3 channels' }
        @{ Why = 'a setting out of bounds'; Line = 'Show-Lecture -Dataset $images -Momentum 1 -NoBrowser'; Text = 'Momentum must be' }
    ) {
        (Get-OnlyError ([scriptblock]::Create($Line))).Exception.Message | Should -BeLike "*$Text*"
    }

    It 'refuses a port that is in use' {
        $job = Show-Lecture -Spec $spec $images -AsJob -NoBrowser -Threads 1
        $port = ([uri]$job.Url).Port
        (Get-OnlyError { Show-Lecture -Spec $spec $images -Port $port -NoBrowser }).Exception.Message | Should -BeLike '*Port must be a free port*'
    }
}
