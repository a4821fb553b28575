BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    function New-Run($Name) { New-TinyNetwork fc3 | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1 -Name $Name }
}

Describe 'Remove-TrainingRun' {
    It 'forgets a run and frees its weights' {
        $run = New-Run gone
        $run | Remove-TrainingRun
        Get-TrainingRun gon* | Should -BeNullOrEmpty
        $run.Network.IsDisposed | Should -BeTrue
        $run.History | Should -HaveCount 1
        (Get-OnlyError { $run | Measure-Accuracy }).Exception.Message | Should -BeLike '*Remove-TrainingRun*'
        (Get-OnlyError { Get-Filter $run fc1 }).Exception.Message | Should -BeLike '*Remove-TrainingRun*'
    }

    It 'takes <_>' -ForEach '$run', '-Run $run', '$run.Id', 'taken', 'tak*', '-Last' {
        $run = New-Run taken
        & ([scriptblock]::Create("Remove-TrainingRun $_"))
        Get-TrainingRun take* | Should -BeNullOrEmpty
    }

    It 'leaves the network it was trained from, and other runs' {
        $net = New-TinyNetwork fc3
        $first, $second = 1..2 | ForEach-Object { $net | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1 }
        Remove-TrainingRun $first
        (Measure-Accuracy $second).Count | Should -Be 12
        ($net | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1).Status | Should -Be 'Completed'
    }

    It 'only says with -WhatIf' {
        $run = New-Run stays
        Remove-TrainingRun $run -WhatIf
        $run.Network.IsDisposed | Should -BeFalse
        Get-TrainingRun stays | Should -Not -BeNullOrEmpty
    }

    It 'refuses what is not there, and goes on' {
        $null = New-Run here
        Assert-OnlyError { Remove-TrainingRun nowhere, here } 'Run.NotFound' "Received: 'nowhere'" ObjectNotFound
        Get-TrainingRun her* | Should -BeNullOrEmpty
        Remove-TrainingRun nothing*
    }

    It 'refuses a run that is under way' {
        $job = New-TinyNetwork fc3 | Start-Training $images -Epochs 100000 -BatchSize 6 -Threads 1 -AsJob
        $null = $job.Control
        Assert-OnlyError { Remove-TrainingRun $job.Run } 'Run.UnderWay' 'still running' ResourceBusy
        Remove-Job $job -Force
        Remove-TrainingRun $job.Run
    }

    It 'removes all' {
        $null = New-Run one
        $null = New-Run two
        Remove-TrainingRun -All
        Get-TrainingRun | Should -BeNullOrEmpty
    }
}
