BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-MaxoutLayer' {
    It 'keeps one channel of two by default' {
        "$(New-MaxoutLayer)" | Should -BeExactly 'maxout2'
        "$((New-MaxoutLayer | New-Network -InputShape 6, 4, 5).Layers[0].Output)" | Should -BeExactly '3x4x5'
    }

    It 'works on vectors, and stands after the layers that come in' {
        $network = New-DenseLayer 12 | New-MaxoutLayer 3 | New-DenseLayer 2 | New-Network -InputShape 5
        $network.Spec | Should -BeExactly 'fc12 maxout3 fc2'
        $network.ParameterCount | Should -Be (12 * 5 + 12 + 2 * 4 + 2)
        (New-Network -Spec $network.Spec -InputShape 5).Layers[1].Spec.GroupSize | Should -Be 3
    }

    It 'learns' {
        $run = New-Network -Spec 'conv3x3x8 maxout2 pool4 fc10 softmax' -InputShape 3,32,32 |
            Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 2
        $run.History[1].TrainLoss | Should -BeLessThan $run.History[0].TrainLoss
    }

    It 'refuses groups that do not divide the channels, and groups of one' {
        Assert-OnlyError { New-MaxoutLayer 4 | New-Network -InputShape 6, 4, 4 } Layer.Groups 'Received: 6 channels'
        Assert-OnlyError { New-MaxoutLayer 1 } Setting.Invalid '2 or more'
    }
}
