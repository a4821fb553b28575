BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Measure-Layer' {
    It 'has a row for each layer' {
        (Measure-Layer $run).Layer | Should -BeExactly 'conv1', 'relu1', 'pool1', 'fc1'
    }

    It 'takes wildcards and lists' {
        (Measure-Layer $run -Layer re*, fc1 -Count 5 -Split Train).Layer | Should -BeExactly 'relu1', 'fc1'
    }

    It 'measures how far one step moves the weights' {
        $row = Measure-Layer $run -Layer conv1
        [System.Math]::Abs($row.UpdateRatio / ($row.GradientSize / $row.WeightSize) - 0.02) | Should -BeLessThan 1e-9
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Measure-Layer $run -Layer konv1'; Id = 'Layer.NotFound'; Text = 'did you mean conv1?' }
        @{ Line = 'Measure-Layer $run -LearningRate 0'; Id = 'Setting.Invalid'; Text = '-LearningRate must be a finite number above 0. Received: 0' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text -Category $(if ($Id -like '*.NotFound') { 'ObjectNotFound' } else { 'InvalidArgument' })
    }
}
