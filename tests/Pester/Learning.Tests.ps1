# What a CI job asks of the network that is shipped: an accuracy floor, a parameter budget, no class forgotten. Some seconds of training.

Describe 'The CIFAR10 network on Shapes' -Tag Slow {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $shapes = Import-Dataset Shapes
        $data = $shapes | Split-Dataset -PerClass 100
        $run = New-Network -Preset CIFAR10 -Seed 1 | Start-Training $data -Epochs 5 -BatchSize 10 -Seed 1
        $report = $run | Measure-Accuracy
    }

    It 'has data of ten classes' {
        $shapes.Classes | Should -HaveCount 10
        $shapes.Classes | Should -Contain 'circle'
        "$($shapes.InputShape)" | Should -BeExactly '3x32x32'
        $shapes.Train.Count | Should -Be 10000
        $shapes.Test.Count | Should -Be 2000
    }

    It 'is right more often than the floor allows' {
        $report.Top1 | Should -BeGreaterThan 0.3 -Because 'chance gives 0.1, and five epochs on 1,000 pictures 0.42'
        $report.Top3 | Should -BeGreaterThan $report.Top1
        $report.Count | Should -Be 2000
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
