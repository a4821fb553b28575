BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Edit-Network' {
    BeforeEach {
        $network = New-Network -Spec 'conv3x3x4 relu conv3x3x2 fc3 softmax' -InputShape 2,6,6 -Classes a, b, c -Seed 1
    }

    It 'replaces a layer and keeps the weights of the others' {
        $other = Edit-Network $network -Replace fc1 -With (New-DenseLayer 5)
        $other.Spec | Should -BeExactly 'conv3x3x4 relu conv3x3x2 fc5 softmax'
        (Get-Filter $other conv2).Weights | Should -Be (Get-Filter $network conv2).Weights
        $other.Classes | Should -BeNullOrEmpty
        $network.Spec | Should -BeExactly 'conv3x3x4 relu conv3x3x2 fc3 softmax'
    }

    It 'replaces a layer by several, as a spec too' {
        ($network | Edit-Network -Replace fc1 -With 'fc8 relu fc5').Spec | Should -BeExactly 'conv3x3x4 relu conv3x3x2 fc8 relu fc5 softmax'
    }

    It 'keeps the weights of layers whose names move up' {
        $other = Edit-Network $network -Replace conv1 -With 'conv1x1x4'
        (Get-Filter $other conv2).Weights | Should -Be (Get-Filter $network conv2).Weights
        $shorter = New-Network -Spec 'conv3x3x2 conv3x3x2 fc3' -InputShape 2,6,6 -Seed 4
        (Get-Filter (Edit-Network $shorter -Remove conv1) conv1).Weights | Should -Be (Get-Filter $shorter conv2).Weights
    }

    It 'leaves out layers, those that a pattern means too' {
        (Edit-Network $network -Remove fc1, softmax1).Spec | Should -BeExactly 'conv3x3x4 relu conv3x3x2'
        (Edit-Network $network -Remove relu*).Spec | Should -BeExactly 'conv3x3x4 conv3x3x2 fc3 softmax'
        (Edit-Network $network -Remove relu1).Classes | Should -Be a, b, c
    }

    It 'appends layers' {
        (Edit-Network $network -Remove softmax1 -Append 'relu fc2 softmax').Spec |
            Should -BeExactly 'conv3x3x4 relu conv3x3x2 fc3 relu fc2 softmax'
    }

    It 'warns where another input gives a layer other weights' {
        $null = Edit-Network $network -Replace relu1 -With 'pool2' -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match 'fc1 has new weights: its input was 2x6x6 and is 2x3x3'
    }

    It 'takes another size, other numbers and another order of channels' {
        $color = New-Network -Spec 'conv3x3x4 relu globalavg fc2' -InputShape 3,8,8 -Seed 1
        $other = Edit-Network $color -InputShape 3,12,10 -Mean 0.5, 0.4, 0.3 -StandardDeviation 0.25 -ReverseChannels
        "$($other.InputShape)" | Should -BeExactly 3x12x10
        $other.Normalization.Mean | Should -Be 0.5, 0.4, 0.3
        $other.Normalization.StandardDeviation | Should -Be 0.25, 0.25, 0.25
        (Edit-Network $other -ReverseChannels).Normalization.Mean | Should -Be 0.3, 0.4, 0.5
        Assert-OnlyError { Edit-Network $color -Mean 1, 2 } Setting.Invalid 'one for each of the 3'
        Assert-OnlyError { Edit-Network $color -StandardDeviation 0 } Setting.Invalid 'a number above 0'
        Assert-OnlyError { Edit-Network MLP -ReverseChannels } Setting.Invalid 'begins with a convolution'
    }

    It 'refuses a layer that is not there, and incomplete changes' {
        Assert-OnlyError { Edit-Network $network -Replace fc9 -With fc2 } Layer.NotFound 'fc9' ObjectNotFound
        Assert-OnlyError { Edit-Network $network -Remove fc9 } Layer.NotFound 'fc9' ObjectNotFound
        Assert-OnlyError { Edit-Network $network -Replace fc1 } Setting.Invalid 'together with -Replace'
        Assert-OnlyError { Edit-Network $network } Setting.Invalid 'or another input'
        Assert-OnlyError { Edit-Network $network -Remove * } Setting.Invalid 'one or more layers'
    }
}
