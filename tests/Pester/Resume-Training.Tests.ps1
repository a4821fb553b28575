BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $quick = @{ Dataset = $images; BatchSize = 6; Threads = 1; Seed = 4 }
    function Get-Losses($Run) { ($Run.History | ForEach-Object { "$($_.TrainLoss) $($_.ValidationLoss)" }) -join ' ' }
}

Describe 'Resume-Training' {
    It 'goes on as if nothing had been' {
        $whole = New-TinyNetwork | Start-Training @quick -Epochs 4
        $cut = New-TinyNetwork | Start-Training @quick -Epochs 4 -CheckpointPath "$TestDrive/cut" -StopWhen { $_.Epoch -eq 2 }
        $resumed = Resume-Training "$TestDrive/cut"
        $cut.History | Should -HaveCount 2
        Get-Losses $resumed | Should -BeExactly (Get-Losses $whole)
        $resumed.Network.HasInitialWeights | Should -BeFalse
    }

    It 'takes a run, a folder item and its path' {
        $run = New-TinyNetwork | Start-Training @quick -Epochs 1 -CheckpointPath "$TestDrive/a[1]" -Name named
        ($run | Resume-Training -Epochs 2).History | Should -HaveCount 2
        ((Get-Item -LiteralPath "$TestDrive/a[1]") | Resume-Training -Epochs 3).Name | Should -BeExactly 'named'
        (Resume-Training "$TestDrive/a[1]" -Epochs 4).History | Should -HaveCount 4
    }

    It 'says that fewer epochs than the run has train nothing' {
        $null = New-TinyNetwork | Start-Training @quick -Epochs 3 -CheckpointPath "$TestDrive/three"
        $run = Resume-Training "$TestDrive/three" -Epochs 2 -WarningVariable said 3> $null
        $run.History | Should -HaveCount 3
        "$said" | Should -BeExactly 'Nothing was trained: the run has 3 epochs already, and -Epochs 2 is the number of epochs of the whole run. Use a larger -Epochs to continue it.'
    }

    It 'trains a copy of the network that is given' {
        $null = New-TinyNetwork | Start-Training @quick -Epochs 1 -CheckpointPath "$TestDrive/copy"
        $net = New-TinyNetwork -Seed 8
        $before = (Get-Filter $net conv1 -Index 0).Values -join ' '
        $run = Resume-Training "$TestDrive/copy" -Epochs 2 -Network $net
        (Get-Filter $net conv1 -Index 0).Values -join ' ' | Should -BeExactly $before
        [object]::ReferenceEquals($run.Network, $net) | Should -BeFalse
    }

    It 'keeps from which run it was started' {
        $first = New-TinyNetwork | Start-Training @quick -Epochs 1
        $null = $first | Start-Training @quick -Epochs 1 -CheckpointPath "$TestDrive/from"
        (Resume-Training "$TestDrive/from" -Epochs 2).StartedFrom.Name | Should -BeExactly $first.Name
    }

    It 'takes -MaxTime as seconds' {
        $null = New-TinyNetwork | Start-Training @quick -Epochs 1 -CheckpointPath "$TestDrive/time"
        (Resume-Training "$TestDrive/time" -Epochs 2 -MaxTime 3600).Settings.MaxTime.TotalHours | Should -Be 1
        (Get-OnlyError { Resume-Training "$TestDrive/time" -MaxTime -1 }).Exception.Message | Should -BeLike '*-MaxTime must be*Received: *-1*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a folder that is not there'; Line = 'Resume-Training /nowhere/at/all'; Id = 'Checkpoint.NotFound'; Category = 'InvalidData' }
        @{ Name = 'a folder without checkpoints'; Line = 'Resume-Training $PSHOME'; Id = 'Checkpoint.NotFound'; Category = 'InvalidData' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id 'Received: ' $Category
    }

    It 'verifies the first steps' {
        $null = New-TinyNetwork | Start-Training @quick -Epochs 2 -CheckpointPath "$TestDrive/same"
        (Resume-Training "$TestDrive/same" -Verify).Same | Should -BeTrue
    }
}
