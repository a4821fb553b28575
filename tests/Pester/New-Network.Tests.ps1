BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $spec = 'conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax'
    $layers = New-ConvLayer 16 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
        New-ConvLayer 20 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
        New-ConvLayer 20 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
        New-DenseLayer 10 -Activation Softmax
}

Describe 'New-Network' {
    It 'makes the network of the lecture by: <Script>' -ForEach @(
        @{ Script = { $layers | New-Network -InputShape 3,32,32 } }
        @{ Script = { $layers | New-Network -InputShape '32x32x3' } }
        @{ Script = { New-Network -Layer $layers -InputShape 3,32,32 } }
        @{ Script = { New-Network -Spec $spec -InputShape '32x32x3' } }
        @{ Script = { New-Network -Spec $spec -InputShape 3,32,32 } }
        @{ Script = { New-Network -Preset CIFAR10 } }
        @{ Script = { New-Network cifar10 } }
    ) {
        $network = & $Script
        $network | Should -HaveCount 1
        $network.ParameterCount | Should -Be 22466
        "$($network.InputShape)" | Should -BeExactly '3x32x32'
        $network.Spec | Should -BeExactly $spec
        $network.Layers | Should -HaveCount 11
        $network.Layers[0].Name | Should -BeExactly 'conv1'
    }

    It 'uses a list of layers as often as one likes' {
        $first = $layers | New-Network -InputShape 3,32,32
        ($layers | New-Network -InputShape 3,32,32).ParameterCount | Should -Be $first.ParameterCount
    }

    It '<_> fits its budget of 200,000 parameters' -ForEach 'CIFAR10', 'LeNet5' {
        (New-Network -Preset $_).ParameterCount | Should -BeLessThan 200000
    }

    It 'gives the same weights for the same seed' {
        $weights = { param($seed) (New-Network -Spec fc3 -InputShape 3,8,8 -Seed $seed | Get-Filter -Layer fc1 | ForEach-Object { $_.Values }) -join ' ' }
        & $weights 1 | Should -BeExactly (& $weights 1)
        & $weights 1 | Should -Not -BeExactly (& $weights 2)
    }

    It 'has classes and a name' {
        $network = New-Network -Spec fc3 -InputShape 3,8,8 -Classes blue, green, red -Name colors
        $network.Classes | Should -BeExactly 'blue', 'green', 'red'
        $network.Name | Should -BeExactly 'colors'
    }

    It 'writes numbers of a specification the same in every culture' {
        (New-Network -Spec 'conv3x3x1000 drop0.25 fc3' -InputShape 3,8,8).Spec | Should -BeExactly 'conv3x3x1000 drop0.25 fc3'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'New-Network NoSuch'; Id = 'Preset.NotFound'; Text = "LSTM, GRU, FaceNetSmall, ShowAndTell, ShowAttendAndTell, TwoStream, PictureStream, SoundStream, MLP. Received: 'NoSuch'" }
        @{ Line = "New-Network -Spec 'conv5x5x8p0 fc3' -InputShape 3,4,4"; Id = 'Layer.KernelTooLarge'; Text = 'at least 5 (window 5x5) in dimension 1. Received: 3x4x4' }
        @{ Line = "New-Network -Spec 'foo3' -InputShape 3,4,4"; Id = 'Layer.Syntax'; Text = "Received: 'foo3'" }
        @{ Line = 'New-Network CIFAR10 -Classes a,a,b'; Id = 'Setting.Invalid'; Text = "Received: 'a, a, b'" }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text -Category $(if ($Id -like '*.NotFound') { 'ObjectNotFound' } else { 'InvalidArgument' })
    }

    It '<Line> does not bind' -ForEach @(
        @{ Line = "New-Network -Spec fc3 -InputShape '3x4x0'"; Text = "Received: '3x4x0'" }
        @{ Line = 'New-Network -Spec fc3 -InputShape 3,,4'; Text = '' }
        @{ Line = '@() | New-Network -InputShape 3,2,2'; Text = 'one or more layers' }
    ) {
        $record = Get-OnlyError { & ([scriptblock]::Create($Line)) }
        $record.Exception.Message.Contains($Text) | Should -BeTrue -Because $record.Exception.Message
    }

    It 'makes CIFAR10Fast with the start and the training of its layers' {
        $network = New-Network CIFAR10Fast
        "$($network.LayerTraining['conv1'])" | Should -BeExactly 'biases only, learns for 3 epochs'
        $network.LayerTraining.Count | Should -Be 1
        "$(($network.Layers | Where-Object Name -EQ conv1).Spec.Initializer.Method)" | Should -BeExactly 'Whitening'
        "$(($network.Layers | Where-Object Name -EQ conv7).Spec.Initializer.Method)" | Should -BeExactly 'PartialDirac'
        ($network.Layers | Where-Object Name -EQ fc1).Spec.Initializer.Scale | Should -Be 0.28125
    }

    It 'completes presets' {
        (Complete 'New-Network -Preset ci').CompletionText | Should -BeExactly 'CIFAR10', 'CIFAR10Fast'
        (Complete 'New-Network L').CompletionText | Should -BeExactly 'LeNet5', 'LeNet5-1998', 'LSTM'
        Complete 'New-Network -Preset ' | ForEach-Object ToolTip | Should -Not -BeNullOrEmpty
    }

    It 'is made of the layer_defs of a ConvNetJS page' {
        $text = @'
layer_defs = []; // a comment
layer_defs.push({type:'input', out_sx:24, out_sy:24, out_depth:1});
layer_defs.push({type:'conv', sx:5, filters:8, stride:1, pad:2, activation:'maxout', group_size:4});
layer_defs.push({type:'pool', sx:2, stride:2});
layer_defs.push({type:'regression', num_neurons:3});
'@
        $network = New-Network -LayerDefs $text -Seed 4 -Name page
        $network.Spec | Should -BeExactly 'conv5x5x8 maxout4 pool2 fc3'
        "$($network.Name) $($network.InputShape) $($network.Seed)" | Should -BeExactly 'page 1x24x24 4'
        Assert-OnlyError { New-Network -LayerDefs 'layer_defs = makeThem();' } Setting.Invalid 'layer_defs at character'
        Assert-OnlyError { New-Network -LayerDefs "[{type:'input',out_sx:1,out_sy:1,out_depth:2},{type:'odd'}]" } Layer.NotSupported odd
        Assert-OnlyError { New-Network -LayerDefs "[{type:'input',out_sx:1,out_sy:1,out_depth:2},{type:'fc'}]" } Setting.Invalid num_neurons
    }
}
