BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Compare-Network' {
    It 'counts the images that only one of two gets right' {
        $comparison = Compare-Network $run (New-Network -Spec fc3 -InputShape 3,8,8 -Seed 3) 3> $null
        $comparison.Count | Should -Be 12
        $comparison.FirstAccuracy | Should -Be 1
        $comparison.BothRight + $comparison.OnlyFirst.Count | Should -Be 12
    }

    It 'finds no difference where there is none' {
        $comparison = Compare-Network $run $run
        $comparison.Verdict | Should -BeExactly 'no difference shown'
        $comparison.PValue | Should -Be 1
        $comparison.Difference | Should -Be 0
    }

    It 'refuses networks of different shapes' {
        Assert-OnlyError { Compare-Network $run CIFAR10 3> $null } Shape.Mismatch 'expected 3x32x32. Received: 3x8x8'
    }
}
