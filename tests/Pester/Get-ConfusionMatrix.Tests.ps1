BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Get-ConfusionMatrix' {
    It 'has every image in one cell' {
        $matrix = Get-ConfusionMatrix $run
        $matrix.Count | Should -Be 12
        $sum = 0
        foreach ($label in $matrix.Classes) { foreach ($predicted in $matrix.Classes) { $sum += $matrix.Cell($label, $predicted).Count } }
        $sum | Should -Be 12
        $matrix.Accuracy | Should -Be 1
        $matrix.Counts[2] | Should -Be 0, 0, 4
    }

    It 'gives the images of a cell, which pipe on' {
        $cell = (Get-ConfusionMatrix $run).Cell('red', 'red')
        $cell | Get-Saliency GradCam | Should -HaveCount $cell.Count
    }

    It 'measures another split' {
        ($run | Get-ConfusionMatrix -Split Train).Count | Should -Be 36
    }

    It 'asks for a dataset where the network has none' {
        Assert-OnlyError { Get-ConfusionMatrix (New-Network LeNet5) 3> $null } Setting.Invalid '-Dataset'
    }
}
