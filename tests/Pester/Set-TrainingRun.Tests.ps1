BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $runs = Join-Path $TestDrive runs
    'first', 'second' | ForEach-Object { $null = New-TinyNetwork fc3 | Start-Training $images -Epochs 2 -BatchSize 6 -Threads 1 -Name $_ -RunPath $runs }
}

Describe 'Kept runs' {
    It 'are listed by name, identifier, status and tag' {
        $all = Get-TrainingRun -RunPath $runs
        $all.Name | Should -BeExactly 'first', 'second'
        (Get-TrainingRun -RunPath $runs 'sec*').Id | Should -Be $all[1].Id
        (Get-TrainingRun -RunPath $runs $all[0].Id).Name | Should -Be 'first'
        Get-TrainingRun -RunPath $runs -Status Failed | Should -BeNullOrEmpty
        $all[0] | Set-TrainingRun -Note good -Tag x, y
        (Get-TrainingRun -RunPath $runs -Tag 'x*').Note | Should -Be 'good'
        Assert-OnlyError { Get-TrainingRun -RunPath $runs nothing } 'Run.NotFound' "Received: 'nothing'" ObjectNotFound
        Assert-OnlyError { Get-TrainingRun -RunPath "$runs/none" } 'Run.NoFolder' 'Received: ' ObjectNotFound
    }

    It 'serve wherever a run does' {
        $run = Get-TrainingRun -RunPath $runs first
        ($run | Get-Filter -Layer fc1).Count | Should -BeGreaterThan 0
        ($run | Measure-Accuracy -Dataset $images).Count | Should -Be 12
        "$(Show-History $run 6>&1 | Out-String)" | Should -BeLike '*loss*'
        ($run | Resume-Training -Dataset $images -Epochs 3).History.Count | Should -Be 3
        (Get-TrainingRun -RunPath $runs first).Epochs | Should -Be 3
    }

    It 'are kept by the preference variable' {
        $ConvNetRunPath = Join-Path $TestDrive preferred
        $run = New-TinyNetwork fc3 | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1
        (Get-TrainingRun -RunPath $ConvNetRunPath).Folder | Should -Be $run.Folder
    }

    It 'are deleted with ShouldProcess' {
        Remove-TrainingRun -RunPath $runs second -WhatIf
        (Get-TrainingRun -RunPath $runs).Count | Should -Be 2
        Get-TrainingRun -RunPath $runs second | Remove-TrainingRun
        (Get-TrainingRun -RunPath $runs).Name | Should -Be 'first'
    }
}
