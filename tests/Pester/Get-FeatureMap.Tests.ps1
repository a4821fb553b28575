BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
    $one = Select-Sample $images
}

Describe 'Get-FeatureMap' {
    It 'gives each channel of a layer' {
        $maps = Get-FeatureMap $run relu1 $one
        $maps | Should -HaveCount 4
        $maps | ForEach-Object { $_.Channel } | Should -Be 0, 1, 2, 3
        $maps[0].Data[2] | Should -HaveCount 8
        $maps | ForEach-Object { $_.Min | Should -BeGreaterOrEqual 0 }
    }

    It 'gives the channels that are asked for, of several layers' {
        Get-FeatureMap $run relu1 $one -Channel 1, 3 | ForEach-Object { $_.Channel } | Should -Be 1, 3
        Get-FeatureMap $run conv1, fc1 $one | ForEach-Object { $_.Layer } | Select-Object -Unique | Should -BeExactly 'conv1', 'fc1'
    }

    It 'gives gradients of a class' {
        $maps = Get-FeatureMap $run conv1 $one -Class red -Gradient
        $maps[0].Class | Should -BeExactly 'red'
        $maps[0].IsGradient | Should -BeTrue
    }

    It 'gives the states of a recurrent layer over time, whether it hands on all of them or the last' {
        $signal = Select-Sample (Import-Dataset Signals | Split-Dataset -PerClass 1)
        $last = New-Network -Spec 'lstm5 fc6 softmax' -InputShape 1,64 -Seed 1
        $states = @($signal | Get-FeatureMap $last lstm1 -OverTime 3> $null)
        $states.Shape | Should -Be (@('64') * 5)
        $end = @($signal | Get-FeatureMap $last lstm1 3> $null)
        0..4 | ForEach-Object { $states[$_].Values[63] | Should -Be $end[$_].Values[0] }
        $states | Export-Figure "$TestDrive/states.png" -PassThru | Should -HaveCount 1
    }

    It 'takes images by pipe and by path' {
        $one | Get-FeatureMap $run conv1 | Should -HaveCount 4
        Get-FeatureMap $run conv1 $one.File | Should -HaveCount 4
    }

    It 'gives a row of features for each image of a dataset, as they come' {
        $rows = @($run | Get-FeatureMap -Layer fc1 -Dataset $images -Split Train)
        $rows | Should -HaveCount $images.Train.Count
        $rows[0].Values | Should -HaveCount 3
        $rows.Index | Should -Be (0..($images.Train.Count - 1))
        $rows[0].Class | Should -BeIn $images.Classes
        $first = Get-FeatureMap $run fc1 (Select-Sample $images -Split Train -Index 0)
        0..2 | ForEach-Object { $rows[0].Values[$_] | Should -BeGreaterThan ($first[$_].Max - 1e-4) }
        0..2 | ForEach-Object { $rows[0].Values[$_] | Should -BeLessThan ($first[$_].Max + 1e-4) }
        (Get-FeatureMap $run relu1, fc1 -Dataset $images | Select-Object -First 2).Layer | Should -BeExactly 'relu1', 'fc1'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Get-FeatureMap $run conv7 $one'; Id = 'Layer.NotFound'; Text = "(did you mean conv1?). Received: 'conv7'" }
        @{ Line = 'Get-FeatureMap $run conv1 $one -OverTime'; Id = 'Setting.Invalid'; Text = "a recurrent layer. Received: 'conv1 (conv)'" }
        @{ Line = 'Get-FeatureMap $run conv1 $one -OverTime -Gradient'; Id = 'Setting.Invalid'; Text = 'left out where gradients are asked for' }
        @{ Line = 'Get-FeatureMap $run conv1 $one -Channel 9'; Id = 'Setting.Invalid'; Text = 'from 0 to 3 for conv1. Received: 9' }
        @{ Line = 'Get-FeatureMap $run conv1 $one -Class cat'; Id = 'Class.NotFound'; Text = "Received: 'cat'" }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text -Category $(if ($Id -like '*.NotFound') { 'ObjectNotFound' } else { 'InvalidArgument' })
    }
}
