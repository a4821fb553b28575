# What a CI job asks of a network: an accuracy floor, a parameter budget, no class forgotten.

BeforeAll {
    Import-Module "$PSScriptRoot/../../ConvNetShell.psd1"
    $data = Import-Dataset Shapes | Split-Dataset -PerClass 100
    $run = New-Network -Preset CIFAR10 -Seed 1 | Start-Training $data -Epochs 5 -BatchSize 10 -Seed 1
    $report = $run | Measure-Accuracy
}

Describe 'The network that is shipped' {
    It 'is right more often than the floor allows' {
        $report.Top1 | Should -BeGreaterThan 0.3 -Because 'chance gives 0.1, and five epochs on 1,000 pictures 0.42'
        $report.Top3 | Should -BeGreaterThan $report.Top1
    }

    It 'fits its budget' {
        $run.Network.ParameterCount | Should -BeLessOrEqual 25000
    }

    It 'has no error in it' {
        $run | Test-Network -Dataset $data | Where-Object Severity -eq Error | Should -BeNullOrEmpty
    }

    It 'has learned most of the classes' {
        $report.PerClass | Should -HaveCount 10
        @($report.PerClass | Where-Object Recall -gt 0.2).Count | Should -BeGreaterOrEqual 6
    }
}

Describe 'Measure-Accuracy' {
    It 'counts every test image once' {
        $report.Count | Should -Be 2000
        ($report.PerClass | Measure-Object Support -Sum).Sum | Should -Be 2000
    }

    It 'gives an interval round its estimate' {
        $report.Low | Should -BeLessThan $report.Top1
        $report.High | Should -BeGreaterThan $report.Top1
    }

    It 'measures the <_> split' -ForEach 'Train', 'Validation' {
        (Measure-Accuracy $run -Split $_).Split | Should -Be $_
    }
}

Describe 'Get-Prediction' {
    BeforeAll {
        $predictions = Select-Sample $run -Class star -Count 2 | Get-Prediction $run -Top 3
    }

    It 'gives one object a rank' {
        $predictions | Should -HaveCount 6
        # Not $predictions.Rank: an array has a property of that name.
        $predictions | ForEach-Object Rank | Should -Be 1, 2, 3, 1, 2, 3
        $predictions[0].Class | Should -BeIn $data.Classes
    }

    It 'gives probabilities, the largest first' {
        $predictions[0].Probability | Should -BeGreaterOrEqual $predictions[1].Probability
        ($predictions | Select-Object -First 3 | Measure-Object Probability -Sum).Sum | Should -BeLessOrEqual 1.0001
    }

    It 'names a file that is not there' {
        { Get-Prediction $run 'no such file.png' -ErrorAction Stop } |
            Should -Throw -ErrorId 'File.NotFound,ConvNetShell.Cmdlets.Commands.GetPredictionCommand'
    }
}
