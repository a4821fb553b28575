BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Get-MaximalPatch' {
    It 'gives the patches that excite a unit most' {
        $patches = Get-MaximalPatch $run conv1 1 -Top 3
        $patches | ForEach-Object { $_.Rank } | Should -Be 1, 2, 3
        $patches | ForEach-Object { "$($_.Unit) $($_.Size) $($_.Patch.Height)" } | Select-Object -Unique | Should -BeExactly '1 3x3 3'
        $patches[0].Activation | Should -BeGreaterOrEqual $patches[2].Activation
    }

    It 'takes every unit of a layer by default' {
        Get-MaximalPatch $run conv1 -Top 2 | Should -HaveCount 8
    }

    It 'shows what a class unit has learned' {
        (Get-MaximalPatch $run fc1 2 $images -Top 1).Class | Should -BeExactly 'red'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Get-MaximalPatch $run conv1 9'; Id = 'Setting.Invalid'; Text = '-Unit must be from 0 to 3 for conv1' }
        @{ Line = 'Get-MaximalPatch LeNet5 conv1 3> $null'; Id = 'Setting.Invalid'; Text = '-Dataset must be given' }
        @{ Line = 'Get-MaximalPatch CIFAR10 conv1 0 $images 3> $null'; Id = 'Shape.Mismatch'; Text = 'expected 3x32x32. Received: 3x8x8' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }
}
