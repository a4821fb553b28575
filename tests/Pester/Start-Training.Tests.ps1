BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $shapes = Import-Dataset Shapes | Split-Dataset -PerClass 2 # for presets
    $quick = @{ Dataset = $images; Epochs = 1; BatchSize = 6; Validation = 0; Threads = 1 }
    function Get-Weights($Network) { (Get-Filter $Network conv1 3> $null | ForEach-Object { $_.Values -join ' '; $_.Bias }) -join ' ' }
}

Describe 'Start-Training' {
    It 'returns a run' {
        $run = New-TinyNetwork | Start-Training $images -Epochs 3 -BatchSize 6 -Seed 7
        $run.Status | Should -Be 'Completed'
        $run.History | ForEach-Object { $_.Epoch } | Should -Be 1, 2, 3
        $run.Seed | Should -Be 7
        $run.Elapsed | Should -BeOfType ([timespan])
        $run.StartedFrom | Should -BeNullOrEmpty
        (Get-TrainingRun -Last).Id | Should -Be $run.Id
    }

    It 'records the learning rate of each step and the gradients of each layer' {
        $run = New-TinyNetwork | Start-Training $images -Epochs 2 -BatchSize 18 -ValidationFraction 0 -Schedule Constant -LearningRate 0.01
        $run.LearningRates | ForEach-Object { "$($_.Step) $($_.Epoch) $($_.LearningRate)" } | Should -Be '1 1 0.01', '2 1 0.01', '3 2 0.01', '4 2 0.01'
        $run.LayerGradients | ForEach-Object { "$($_.Epoch) $($_.Layer)" } | Select-Object -First 2 | Should -Be '1 conv1', '1 fc1'
        $run.LayerGradients | ForEach-Object { $_.GradientNorm | Should -BeGreaterThan 0 }
        ($run.LayerGradients | ConvertTo-Csv)[1] | Should -Match '^"1","conv1","'
    }

    It 'makes a batch of all images where there are fewer, and says so' {
        $run = New-TinyNetwork | Start-Training $images -Epochs 1 -BatchSize 99 -WarningVariable said -WarningAction SilentlyContinue
        $run.Settings.BatchSize | Should -Be $run.Dataset.Train.Count
        $said | Should -Match 'fewer than the 99 of -BatchSize'
    }

    It 'does the same again with the same seed' {
        $losses = 1..2 | ForEach-Object { (New-TinyNetwork -Seed 3 | Start-Training @quick -Seed 3).History[0].TrainLoss }
        $losses[0] | Should -Be $losses[1]
    }

    It 'holds out a tenth where there is no validation split' {
        $run = New-TinyNetwork | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1
        $run.Dataset.Validation.Count | Should -Be 4
        $run.Dataset.Train.Count | Should -Be 32
    }

    It 'takes a preset by its name, and frees nothing of the caller' {
        $run = 'CIFAR10' | Start-Training $shapes -Epochs 1 -BatchSize 10 -Threads 1 -ValidationFraction 0
        $run.Network.HasInitialWeights | Should -BeFalse
        $run.Network.IsDisposed | Should -BeFalse
    }
}

Describe 'The network that is piped' {
    It 'stays as it was: weights, statistics, classes, normalization' {
        $net = New-TinyNetwork 'conv3x3x4 bn relu pool2 fc3'
        $before = Get-Weights $net
        $run = $net | Start-Training @quick
        Get-Weights $net | Should -BeExactly $before
        Get-Weights $run.Network | Should -Not -BeExactly $before
        $net.Classes | Should -BeNullOrEmpty
        $net.Normalization | Should -BeNullOrEmpty
        $net.HasInitialWeights | Should -BeTrue
        $run.Network.Classes | Should -BeExactly 'blue', 'green', 'red'
        $run.Network.HasInitialWeights | Should -BeFalse
    }

    It 'begins each of several runs with the same weights' {
        $net = New-TinyNetwork
        $runs = foreach ($rate in 0.02, 0.0001, 0.02) { $net | Start-Training @quick -LearningRate $rate }
        $runs[2].History[0].TrainLoss | Should -Be $runs[0].History[0].TrainLoss
        $runs[1].History[0].TrainLoss | Should -Not -Be $runs[0].History[0].TrainLoss
        Get-Weights $runs[0].Network | Should -BeExactly (Get-Weights $runs[2].Network)
    }

    It 'trains in two jobs at once' {
        $net = New-TinyNetwork
        $jobs = 1..2 | ForEach-Object { $net | Start-Training @quick -Seed 5 -AsJob }
        $runs = $jobs | Wait-Job | Receive-Job
        $jobs | Remove-Job
        $runs | ForEach-Object { $_.Status } | Should -Be 'Completed', 'Completed'
        Get-Weights $runs[0].Network | Should -BeExactly (Get-Weights $runs[1].Network)
    }

    It 'may be changed while a job trains its copy' {
        $net = New-TinyNetwork
        $expected = ($net | Start-Training @quick).History[0].TrainLoss
        $job = $net | Start-Training @quick -AsJob
        Set-Filter $net conv1 -Bias 100
        $run = $job | Wait-Job | Receive-Job
        Remove-Job $job
        $run.History[0].TrainLoss | Should -Be $expected
    }

    It 'is not changed by <_>' -ForEach '-WhatIf', '-DryRun', '-OverfitBatches 1 -Epochs 1' {
        $net = New-TinyNetwork
        $before = Get-Weights $net
        $null = & ([scriptblock]::Create("`$net | Start-Training `$images -BatchSize 6 -Threads 1 $_ 3> `$null"))
        Get-Weights $net | Should -BeExactly $before
        $net.Normalization | Should -BeNullOrEmpty
    }
}

Describe 'Going on' {
    BeforeAll {
        $first = New-TinyNetwork | Start-Training $images -Epochs 2 -BatchSize 6 -Threads 1
    }

    It 'from a run is a new run with its weights and its data, which says so' {
        $before = Get-Weights $first.Network
        $more = $first | Start-Training -Epochs 1 -BatchSize 6 -Threads 1 -LearningRate 1e-9
        $more.StartedFrom.Id | Should -Be $first.Id
        $more.StartedFrom.Epoch | Should -Be $first.Best.Epoch
        "$($more.StartedFrom)" | Should -BeExactly "run $($first.Id) ($($first.Name)), epoch $($first.Best.Epoch)"
        $more.History | Should -HaveCount 1
        $more.History[0].ValidationAccuracy | Should -Be $first.Best.ValidationAccuracy
        $more.Dataset.Validation.Count | Should -Be 4
        Get-Weights $first.Network | Should -BeExactly $before
    }

    It 'takes none of the earlier run''s settings' {
        $seeded = New-TinyNetwork | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1 -Seed 9 -Name seeded
        $more = $seeded | Start-Training -Epochs 1 -BatchSize 6 -Threads 1
        $more.Seed | Should -Be 0
        $more.Name | Should -Not -Be 'seeded'
    }

    It 'from the network of a run is the same' {
        ($first.Network | Start-Training @quick).StartedFrom.Id | Should -Be $first.Id
    }

    It 'keeps what was held out, also with another seed' {
        $more = $first | Start-Training -Epochs 1 -BatchSize 6 -Threads 1 -Seed 44
        $more.Dataset.Validation.Files | Should -BeExactly $first.Dataset.Validation.Files
    }
}

Describe 'A network that was never trained' {
    It 'is warned of once, and its run is named' {
        $net = New-TinyNetwork
        $run = $net | Start-Training @quick
        $null = $net | Measure-Accuracy -Dataset $images -WarningVariable said 3> $null
        $null = $net | Measure-Accuracy -Dataset $images -WarningVariable again 3> $null
        "$said" | Should -BeLike "tiny was never trained*run $($run.Id) ($($run.Name))*Get-TrainingRun $($run.Id)*"
        $again | Should -BeNullOrEmpty
    }

    It 'is warned of by <Line>' -ForEach @(
        @{ Line = 'Measure-Accuracy $net -Dataset $images' }
        @{ Line = 'Select-Sample $images | Get-Prediction $net' }
        @{ Line = 'Get-ConfusionMatrix $net -Dataset $images' }
        @{ Line = 'Select-Sample $images | Get-Saliency $net' }
    ) {
        $net = New-TinyNetwork
        $said = & ([scriptblock]::Create("$Line 3>&1")) | Where-Object { $_ -is [System.Management.Automation.WarningRecord] }
        "$said" | Should -BeLike '*was never trained*'
    }

    It 'is looked into without a warning where no run was trained from it: <Line>' -ForEach @(
        @{ Line = 'Get-Filter $net conv1' }
        @{ Line = 'Get-FeatureMap $net conv1 (Select-Sample $images)' }
    ) {
        $net = New-TinyNetwork
        $script = [scriptblock]::Create("$Line 3>&1")
        & $script | Where-Object { $_ -is [System.Management.Automation.WarningRecord] } | Should -BeNullOrEmpty
        $null = $net | Start-Training @quick
        "$(& $script | Where-Object { $_ -is [System.Management.Automation.WarningRecord] })" | Should -BeLike '*trained a copy of it*'
    }

    It 'has weights where Set-Filter gave them' {
        $net = New-TinyNetwork
        Set-Filter $net conv1 -Index 0 -Bias 1
        $null = $net | Measure-Accuracy -Dataset $images -WarningVariable said 3> $null
        $said | Should -BeNullOrEmpty
        $net.HasInitialWeights | Should -BeFalse
    }

    It 'is not the network of a run' {
        $run = New-TinyNetwork | Start-Training @quick
        $null = $run, $run.Network | Measure-Accuracy -WarningVariable said 3> $null
        $said | Should -BeNullOrEmpty
    }
}

Describe 'Rows of a table' {
    It 'are runs, and empty cells are not given' {
        $runs = @'
Network,LearningRate,Epochs,Optimizer,Seed,KeepLast,MaxTime,NoNesterov,Name
CIFAR10,0.01,1,Adam,4,,60,,first
CIFAR10,,2,,,true,,yes,
'@ | ConvertFrom-Csv | Start-Training $shapes -BatchSize 10 -Threads 1 -ValidationFraction 0
        $runs | Should -HaveCount 2
        $runs[0].Name | Should -BeExactly 'first'
        $runs[0].Settings.LearningRate | Should -Be 0.01
        $runs[0].Settings.Optimizer | Should -Be 'Adam'
        $runs[0].Settings.MaxTime | Should -Be ([timespan]::FromSeconds(60))
        $runs[0].Seed | Should -Be 4
        $runs[1].Name | Should -BeExactly "CIFAR10-$($runs[1].Id)"
        $runs[1].Settings.LearningRate | Should -Be 0.02
        $runs[1].Settings.Epochs | Should -Be 2
        $runs[1].Settings.Optimizer | Should -Be 'SGD'
        $runs[1].Settings.MaxTime | Should -BeNullOrEmpty
        $runs[1].Settings.KeepLast | Should -BeTrue
        $runs[1].Settings.Nesterov | Should -BeFalse
        $runs[1].Seed | Should -Be 0
    }

    It 'do not leak into each other, whatever columns they have' {
        $net = New-TinyNetwork
        $rest = @{ BatchSize = 6; Validation = 0; Threads = 1 }
        $runs = [pscustomobject]@{ Network = $net; LearningRate = 0.5; Epochs = 1; Seed = 9 },
            [pscustomobject]@{ Network = $net; Epochs = 1 },
            [pscustomobject]@{ Network = $net; Epochs = 1; Optimizer = 'Adam'; LearningRate = '' },
            [pscustomobject]@{ Epochs = 1; Network = $net; Dataset = $images.Source } | Start-Training -Dataset $images @rest
        $runs | ForEach-Object { $_.Settings.LearningRate } | Should -Be 0.5, 0.02, 0.002, 0.02
        $runs | ForEach-Object { $_.Seed } | Should -Be 9, 0, 0, 0
        $runs | ForEach-Object { "$($_.Settings.Optimizer)" } | Should -BeExactly 'SGD', 'SGD', 'Adam', 'SGD'
    }

    It 'name the dataset too' {
        $runs = [pscustomobject]@{ Network = New-TinyNetwork; Dataset = $images.Source; BatchSize = 6 }, [pscustomobject]@{ Network = New-TinyNetwork; Dataset = $images; BatchSize = 12 } |
            Start-Training -Epochs 1 -Threads 1
        $runs | ForEach-Object { $_.Settings.BatchSize } | Should -Be 6, 12
    }

    It 'may leave the network to the line' {
        $runs = [pscustomobject]@{ Epochs = 1 }, [pscustomobject]@{ Epochs = 1 } | Start-Training $shapes -Network CIFAR10 -BatchSize 10 -Threads 1 -ValidationFraction 0
        $runs[1].History[0].TrainLoss | Should -Be $runs[0].History[0].TrainLoss
    }

    It 'with a cell that cannot be read are an error, and the next goes on: <Column>' -ForEach @(
        @{ Column = 'LearningRate'; Cell = 'fast'; Text = "must be a number. Received: 'fast'" }
        @{ Column = 'Optimizer'; Cell = 'SGDM'; Text = "SGD, Adam, AdamW, Adadelta, RMSprop, Muon. Received: 'SGDM'" }
        @{ Column = 'KeepLast'; Cell = 'perhaps'; Text = "Received: 'perhaps'" }
        @{ Column = 'MaxTime'; Cell = 'soon'; Text = "Received: 'soon'" }
        @{ Column = 'Epochs'; Cell = '0'; Text = 'Received: 0' }
    ) {
        $row = [pscustomobject]@{ Network = New-TinyNetwork; Epochs = 1 }
        $row | Add-Member -NotePropertyName $Column -NotePropertyValue $Cell -Force
        $runs = $row, [pscustomobject]@{ Network = New-TinyNetwork; Epochs = 1 } | Start-Training $images -BatchSize 6 -Threads 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        @($runs) | Should -HaveCount 1
        "$($failed[0])".Contains($Text) | Should -BeTrue -Because "$($failed[0])"
    }

    It 'are no hashtables, and the error says what to do' {
        (Get-OnlyError { @{ Network = 'MLP' } | Start-Training $images }).Exception.Message | Should -BeLike '*hashtable*pscustomobject*'
    }
}

Describe '-MaxTime' {
    It '<Given> is <Seconds> s' -ForEach @(
        @{ Given = 10; Seconds = 10 }
        @{ Given = '10'; Seconds = 10 }
        @{ Given = 2.5; Seconds = 2.5 }
        @{ Given = '00:10:00'; Seconds = 600 }
        @{ Given = '1:30'; Seconds = 5400 }
        @{ Given = [timespan]'0:0:20'; Seconds = 20 }
    ) {
        (New-TinyNetwork | Start-Training @quick -MaxTime $Given).Settings.MaxTime.TotalSeconds | Should -Be $Seconds
    }

    It 'of <_> is refused' -ForEach -1, 0, ([double]::NaN), ([double]::PositiveInfinity), 'abc', '-0:01:00', 1e300 {
        (Get-OnlyError { New-TinyNetwork | Start-Training @quick -MaxTime $_ }).Exception.Message | Should -BeLike '*-MaxTime must be a number of seconds above 0*Received: *'
    }
}

Describe 'A run that fails' {
    It 'is an error and a run, and the next network goes on' {
        $runs = (New-TinyNetwork fc3 -Name one), (New-TinyNetwork fc3 -Name two) |
            Start-Training @quick -LearningRate 1e30 -Schedule Constant -ErrorVariable failed -ErrorAction SilentlyContinue
        $runs | ForEach-Object { "$($_.Network.Name) $($_.Status)" } | Should -BeExactly 'one Diverged', 'two Diverged'
        $failed | ForEach-Object { $_.FullyQualifiedErrorId } | Should -BeExactly (@('Training.NonFinite,ConvNetShell.Cmdlets.Commands.Training.StartTrainingCommand') * 2)
        $failed[0].CategoryInfo.Category | Should -Be 'InvalidResult'
        $failed[0].TargetObject.Id | Should -Be $runs[0].Id
        (Get-TrainingRun -Last).Status | Should -Be 'Diverged'
    }

    It 'ends the pipeline with -ErrorAction Stop' {
        $seen = [System.Collections.ArrayList]::new()
        { 1..2 | ForEach-Object { $null = $seen.Add($_); New-TinyNetwork fc3 } | Start-Training @quick -LearningRate 1e30 -ErrorAction Stop } |
            Should -Throw -ErrorId 'Training.NonFinite,ConvNetShell.Cmdlets.Commands.Training.StartTrainingCommand'
        $seen | Should -HaveCount 1
    }

    It 'by a script that throws ends the pipeline and is kept' {
        { New-TinyNetwork | Start-Training @quick -OnEpoch { throw 'enough' } } | Should -Throw 'enough'
        (Get-TrainingRun -Last).Status | Should -Be 'Failed'
    }
}

Describe '-KeepFilters' {
    It 'keeps the first layer''s filters before the training and after every so many epochs, and draws them' {
        $run = New-TinyNetwork | Start-Training @quick -Epochs 4 -KeepFilters -Every 2
        ($run.FilterHistory | Group-Object Epoch).Name | Should -Be '0', '2', '4'
        $last = @($run.FilterHistory | Where-Object Epoch -EQ 4)
        $last.Count | Should -Be @(Get-Filter $run $last[0].Layer).Count
        $last[0].Weights | Should -Not -Be $run.FilterHistory[0].Weights
        $run.FilterHistory | Export-Figure "$TestDrive/filters.gif"
        $run.FilterHistory | Export-Figure "$TestDrive/filters.webp"
        [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes("$TestDrive/filters.gif"), 0, 6) | Should -BeExactly 'GIF89a'
        $run.FilterHistory | Export-Figure "$TestDrive/filters.png" -PassThru | Should -HaveCount 1
    }

    It 'keeps none without it, and says so where no layer has filters' {
        (New-TinyNetwork | Start-Training @quick).FilterHistory | Should -BeNullOrEmpty
        $signals = Import-Dataset Signals | Split-Dataset -PerClass 2
        $run = New-Network -Spec 'rnn6 softmax' -InputShape 1,64 |
            Start-Training $signals -Epochs 1 -Threads 1 -KeepFilters -WarningVariable said -WarningAction SilentlyContinue
        $run.FilterHistory | Should -BeNullOrEmpty
        "$said" | Should -Match 'No layer of this network has filters'
    }
}

Describe '-AsJob' {
    It 'has what the script writes in its streams, and gives the run' {
        $word = 'hello'
        $list = 1, 2, 3
        $job = New-TinyNetwork | Start-Training @quick -AsJob -OnEpoch {
            "epoch $($_.Epoch) of $($run.Settings.Epochs): $using:word $($using:list[1])"
            Write-Warning 'careful'
            Write-Error 'wrong' -ErrorId MyError
            Write-Verbose 'detail' -Verbose
            Write-Progress 'busy' -PercentComplete 5
        }
        $null = $job | Wait-Job
        $job.State | Should -Be 'Completed'
        $job.Information | ForEach-Object { "$_" } | Should -BeExactly 'epoch 1 of 1: hello 2'
        $job.Warning | ForEach-Object { $_.Message } | Should -Contain 'careful'
        $job.Error[0].FullyQualifiedErrorId | Should -BeLike 'MyError*'
        $job.Verbose | ForEach-Object { $_.Message } | Should -Contain 'detail'
        $job.Progress[0].Activity | Should -BeExactly 'busy'
        $kept = $job | Receive-Job -Keep -ErrorAction SilentlyContinue 3> $null 6> $null
        $received = $job | Receive-Job -ErrorAction SilentlyContinue 3> $null 6> $null
        $kept.Id | Should -Be $received.Id
        $job.HasMoreData | Should -BeFalse
        Get-Job -Id $job.Id | Should -Not -BeNullOrEmpty
        Remove-Job $job
        Get-Job -Id $job.Id -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'sees no other variables of the caller' {
        $hidden = 'not seen'
        $job = New-TinyNetwork | Start-Training @quick -AsJob -OnEpoch { "[$hidden]" }
        $null = $job | Wait-Job
        "$($job.Information)" | Should -BeExactly '[]'
        Remove-Job $job
    }

    It 'keeps the ids of errors: <Id>' -ForEach @(
        @{ Id = 'Training.NonFinite'; Options = '-LearningRate 1e30 -Schedule Constant'; Statuses = 'Diverged' }
        @{ Id = 'Setting.Invalid'; Options = '-Device tpu'; Statuses = @() }
        @{ Id = 'enough'; Options = '-OnEpoch { throw "enough" }'; Statuses = 'Failed' }
    ) {
        $job = & ([scriptblock]::Create("New-TinyNetwork fc3 | Start-Training @quick -AsJob $Options"))
        $null = $job | Wait-Job
        $job.State | Should -Be 'Failed'
        $job.Error[0].FullyQualifiedErrorId | Should -BeExactly $Id
        @($job.Output | ForEach-Object { "$($_.Status)" }) | Should -BeExactly $Statuses
        Remove-Job $job
    }

    It 'is stopped, also within a script, and removed by force' {
        $job = New-TinyNetwork | Start-Training $images -Epochs 100000 -BatchSize 6 -Threads 1 -AsJob -OnEpoch { Start-Sleep 100 }
        $null = $job.Control
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        (Receive-Job $job).Status | Should -Be 'Stopped'
        $other = New-TinyNetwork | Start-Training $images -Epochs 100000 -BatchSize 6 -Threads 1 -AsJob
        $job, $other | Remove-Job -Force
        Get-Job -Id $job.Id, $other.Id -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'ends where -StopWhen says' {
        $most = 2
        $job = New-TinyNetwork | Start-Training $images -Epochs 9 -BatchSize 6 -Threads 1 -AsJob -StopWhen { $_.Epoch -ge $using:most }
        ($job | Wait-Job | Receive-Job).History | Should -HaveCount 2
        Remove-Job $job
    }
}

Describe 'Mistakes' {
    It 'in -Dataset: <Given> is refused, never replaced' -ForEach @(
        @{ Given = $null; Text = '-Dataset must be' }
        @{ Given = ''; Text = '-Dataset must be' }
        @{ Given = './typo'; Text = "Received: './typo'" }
        @{ Given = 'Shaps'; Text = "Received: 'Shaps'" }
    ) {
        $record = Get-OnlyError { New-TinyNetwork | Start-Training -Dataset $Given -ErrorAction Stop }
        $record.FullyQualifiedErrorId | Should -BeLike 'Setting.Invalid,*'
        "$record".Contains($Text) | Should -BeTrue -Because "$record"
    }

    It 'lead to the help of the parameter' {
        $record = Get-OnlyError { New-TinyNetwork | Start-Training $images -Momentum 7 }
        $record.ErrorDetails.RecommendedAction | Should -BeExactly 'Get-Help Start-Training -Parameter Momentum describes its values.'
    }

    It '<Name>' -ForEach @(
        @{ Name = 'a learning rate that is no number'; Settings = @{ LearningRate = [double]::NaN } }
        @{ Name = 'no epoch'; Settings = @{ Epochs = 0 } }
        @{ Name = 'a device that is not there'; Settings = @{ Device = 'tpu' } }
    ) {
        { New-TinyNetwork | Start-Training $images @Settings -ErrorAction Stop } | Should -Throw '*Received: *'
    }
}

Describe 'A run that is serialized' {
    It 'is a record that says it has no weights' {
        $run = New-TinyNetwork | Start-Training @quick -Name kept
        $run | Export-Clixml "$TestDrive/run.xml"
        $back = Import-Clixml "$TestDrive/run.xml"
        $back.Name | Should -BeExactly 'kept'
        $back.Id | Should -Be $run.Id
        $back.History[0].TrainLoss | Should -Be $run.History[0].TrainLoss
        $back.Best.Epoch | Should -Be 1
        $back.Settings.BatchSize | Should -Be 6
        $back.Network.Spec | Should -BeExactly $run.Network.Spec
        $back.Network.Weights | Should -BeLike 'None: *Resume-Training*'
        $back.Weights | Should -BeLike 'None: *'
        (Get-OnlyError { $back | Measure-Accuracy }).Exception.Message | Should -BeLike '*without its weights*'
        (Get-OnlyError { $back.Network | Start-Training $images }).Exception.Message | Should -BeLike '*without its weights*'
    }
}
