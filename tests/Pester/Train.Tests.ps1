# Training: a small network learns, the same way each time, and what goes wrong is said.

BeforeAll {
    Import-Module "$PSScriptRoot/../../ConvNetShell.psd1"
    $data = Import-Dataset Shapes | Split-Dataset -PerClass 30
    $spec = 'conv5x5x8 relu pool4 fc10 softmax'
}

Describe 'Start-Training' {
    BeforeAll {
        $run = New-Network -Spec $spec -InputShape 3,32,32 -Seed 1 | Start-Training $data -Epochs 4 -BatchSize 20 -Seed 1
    }

    It 'returns the run, completed' {
        $run.Status | Should -Be 'Completed'
        $run.History | Should -HaveCount 4
        $run.History.Epoch | Should -Be 1, 2, 3, 4
        $run.Seed | Should -Be 1
        $run.Elapsed | Should -BeOfType ([timespan])
    }

    It 'learns' {
        $run.History[-1].TrainLoss | Should -BeLessThan $run.History[0].TrainLoss
        $run.History[-1].TrainAccuracy | Should -BeGreaterThan 0.2
    }

    It 'reports the epoch that was best in validation' {
        $run.Best.ValidationAccuracy | Should -Be ($run.History.ValidationAccuracy | Measure-Object -Maximum).Maximum
    }

    It 'holds out a tenth for validation' {
        $run.Dataset.Validation.Count | Should -Be 30
        $run.Dataset.Train.Count | Should -Be 270
    }

    It 'does the same again with the same seed' {
        $again = New-Network -Spec $spec -InputShape 3,32,32 -Seed 1 | Start-Training $data -Epochs 4 -BatchSize 20 -Seed 1
        $again.History.TrainLoss | Should -Be $run.History.TrainLoss
    }

    It 'keeps the run for Get-TrainingRun' {
        $null = New-Network -Spec 'fc10' -InputShape 3,32,32 -Name Latest | Start-Training $data -Epochs 1 -BatchSize 20
        (Get-TrainingRun -Last).Network.Name | Should -BeExactly 'Latest'
    }
}

Describe 'Mistakes' {
    It '<Name> is refused' -TestCases @(
        @{ Name = 'A learning rate that is no number'; Settings = @{ LearningRate = [double]::NaN } }
        @{ Name = 'No epoch'; Settings = @{ Epochs = 0 } }
        @{ Name = 'A batch larger than the set'; Settings = @{ BatchSize = 1000 } }
        @{ Name = 'A device that is not there'; Settings = @{ Device = 'tpu' } }
    ) {
        { New-Network -Spec 'fc10' -InputShape 3,32,32 | Start-Training $data @Settings -ErrorAction Stop } | Should -Throw '*Received: *'
    }

    It 'A dataset of another shape is refused' {
        { New-Network -Preset LeNet5 | Start-Training $data -ErrorAction Stop } | Should -Throw '*expected 1x28x28. Received: 3x32x32*'
    }

    It 'A loss that is no number ends the run, which is kept' {
        { New-Network -Spec 'fc10' -InputShape 3,32,32 | Start-Training $data -LearningRate 1e30 -ErrorAction Stop } |
            Should -Throw -ErrorId 'Training.NonFinite,ConvNetShell.Cmdlets.Commands.StartTrainingCommand'
        (Get-TrainingRun -Last).Status | Should -Be 'Failed'
    }
}

Describe 'On a GPU' -Skip:(-not (Get-Command Get-ComputeDevice -ErrorAction Ignore) -or -not (Get-ComputeDevice | Where-Object Type -eq CUDA)) {
    It 'trains there' {
        $run = New-Network -Spec $spec -InputShape 3,32,32 | Start-Training $data -Epochs 1 -BatchSize 20 -Device cuda
        $run.Device | Should -Be 'cuda:0'
    }
}
