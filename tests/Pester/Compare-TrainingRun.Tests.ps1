BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $slow, $fast = 0.01, 0.02 | ForEach-Object { New-TinyNetwork fc3 | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1 -LearningRate $_ }
}

Describe 'Compare-TrainingRun' {
    It 'returns the settings that differ, and the metrics' {
        $found = Compare-TrainingRun $slow $fast.Id
        $setting = $found | Where-Object Kind -EQ Setting
        $setting.Name, $setting.First, $setting.Second, $setting.Difference | Should -Be 'LearningRate', 0.01, 0.02, 0.01
        ($found | Where-Object Name -EQ ValidationLoss).Difference | Should -Be ($fast.Best.ValidationLoss - $slow.Best.ValidationLoss)
    }

    It 'wants one run' {
        Assert-OnlyError { Compare-TrainingRun * $fast } 'Setting.Invalid' 'one run. Received: '
        Assert-OnlyError { Compare-TrainingRun nothing $fast } 'Run.NotFound' "Received: 'nothing'" ObjectNotFound
    }
}
