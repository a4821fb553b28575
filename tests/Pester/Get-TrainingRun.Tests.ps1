BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $runs = 'apple', 'apricot', 'plum' | ForEach-Object { New-TinyNetwork fc3 | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1 -Name $_ }
}

Describe 'Get-TrainingRun' {
    It 'returns all runs, the latest last' {
        (Get-TrainingRun)[-3..-1] | ForEach-Object { $_.Name } | Should -BeExactly 'apple', 'apricot', 'plum'
        (Get-TrainingRun -Last).Name | Should -BeExactly 'plum'
    }

    It 'finds runs by <_>' -ForEach '$runs[1].Id', '"apricot"', '"apr*"', '-Name apricot', '-Id $runs[1].Id', '"$($runs[1].Id)"' {
        (& ([scriptblock]::Create("Get-TrainingRun $_"))).Name | Should -BeExactly 'apricot'
    }

    It 'gives each run a number of its own, which stays' {
        $runs | ForEach-Object { $_.Id } | Select-Object -Unique | Should -HaveCount 3
        (Get-TrainingRun apple).Id | Should -Be $runs[0].Id
    }

    It 'may match nothing by a wildcard, but not by a name' {
        Get-TrainingRun 'nothing*' | Should -BeNullOrEmpty
        Assert-OnlyError { Get-TrainingRun nothing } 'Run.NotFound' "Received: 'nothing'" ObjectNotFound
        Assert-OnlyError { Get-TrainingRun 9999 } 'Run.NotFound' "Received: '9999'" ObjectNotFound
    }

    It 'has a run that is under way' {
        $seen = [System.Collections.ArrayList]::new()
        $null = New-TinyNetwork fc3 | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1 -OnEpoch { $null = $seen.Add("$((Get-TrainingRun -Last).Status) $($run.Id -gt 0)") }
        $seen | Should -BeExactly 'Running True'
    }

    It 'hands out histories that no longer change' {
        $kept = [System.Collections.ArrayList]::new()
        $null = New-TinyNetwork fc3 | Start-Training $images -Epochs 3 -BatchSize 6 -Threads 1 -OnEpoch { $null = $kept.Add(@{ List = $run.History }) }
        $kept | ForEach-Object { $_.List.Count } | Should -Be 1, 2, 3
    }

    It 'completes names' {
        (Complete 'Get-TrainingRun ap').CompletionText | Should -Be 'apple', 'apricot'
    }

    It 'is plain text in a CSV and in JSON' {
        $live = New-TinyNetwork fc3 | Start-Training $images -Epochs 2 -BatchSize 6 -Threads 1 -RunPath "$TestDrive/runs"
        foreach ($run in $live, (Get-TrainingRun -RunPath "$TestDrive/runs")) {
            $run | Export-Csv "$TestDrive/runs.csv"
            $row = Import-Csv "$TestDrive/runs.csv"
            $row.History | Should -BeExactly '2 epochs'
            $row.PSObject.Properties.Value | Where-Object { $_ -match '^(System|ConvNetShell)\.' } | Should -BeNullOrEmpty
        }
        $live.History[-1].Epoch, $live.History.Length | Should -Be 2, 2
        $json = Get-TrainingRun -RunPath "$TestDrive/runs" | ConvertTo-Json -WarningAction Ignore
        $json | Should -Not -Match '"(System|ConvNetShell)\.'
        ($json | ConvertFrom-Json).History[1].Epoch | Should -Be 2
    }
}
