BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $network = New-TinyNetwork 'conv3x3x4p1 relu pool2 fc3 softmax'
    $picture = New-TinyImage "$TestDrive/red.bmp"
}

Describe 'Files of other programs' {
    It 'come back with the same predictions: <_>' -ForEach @('x.onnx', 'x.json') {
        $network | Export-Network "$TestDrive/$_"
        $copy = Import-Network "$TestDrive/$_"
        $copy.ParameterCount | Should -Be $network.ParameterCount
        $expected = Get-Prediction $network $picture 3>$null
        $received = Get-Prediction $copy $picture
        $received.Class | Should -Be $expected.Class
        [System.Math]::Abs($received[0].Probability - $expected[0].Probability) | Should -BeLessThan 1e-6
    }

    It 'go into a network with -Into' {
        $network | Export-Network "$TestDrive/into.onnx"
        $other = New-TinyNetwork 'conv3x3x4p1 relu pool2 fc3 softmax' -Seed 5
        Import-Network "$TestDrive/into.onnx" -Into $other
        (Get-Filter $other conv1).Values | Should -Be (Get-Filter $network conv1).Values
        Assert-OnlyError { Import-Network "$TestDrive/into.onnx" -Into (New-TinyNetwork 'fc3') } NetworkFile.Mismatch
    }

    It 'hold the normalization with -IncludePreprocessing' {
        $network | Export-Network "$TestDrive/pixels.onnx" -IncludePreprocessing
        (Import-Network "$TestDrive/pixels.onnx").Normalization.Mean[0] | Should -BeGreaterThan 0
        Assert-OnlyError { $network | Export-Network "$TestDrive/pixels.json" -IncludePreprocessing } Setting.Invalid
    }

    It 'are made of the layer_defs of a ConvNetJS page' {
        Set-Content "$TestDrive/demo.js" @'
layer_defs = []; // a comment
layer_defs.push({type:'input', out_sx:24, out_sy:24, out_depth:1});
layer_defs.push({type:'conv', sx:5, filters:8, stride:1, pad:2, activation:'relu'});
layer_defs.push({type:'pool', sx:2, stride:2});
layer_defs.push({type:'softmax', num_classes:10});
net.makeLayers(layer_defs);
'@
        $page = Import-Network "$TestDrive/demo.js"
        $page.Spec | Should -Be 'conv5x5x8 relu pool2 fc10 softmax'
        "$($page.InputShape)" | Should -Be '1x24x24'
    }

    It 'name the layer that a format lacks, and leave no file' {
        Assert-OnlyError { New-TinyNetwork 'local3x3x2 fc2' | Export-Network "$TestDrive/local.onnx" } Layer.NotSupported 'local1'
        Assert-OnlyError { New-TinyNetwork 'gelu fc2' | Export-Network "$TestDrive/gelu.json" } Layer.NotSupported 'gelu1'
        "$TestDrive/local.onnx", "$TestDrive/gelu.json" | Should -Not -Exist
    }

    It 'are no JavaScript when they are written' {
        Assert-OnlyError { $network | Export-Network "$TestDrive/net.js" } Setting.Invalid '.json'
    }

    It 'are an error where they are damaged: <_>' -ForEach @('bad.onnx', 'bad.json', 'bad.js') {
        Set-Content "$TestDrive/$_" '{ no network'
        $problem = Get-OnlyError { Import-Network "$TestDrive/$_" }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NetworkFile.*'
        $problem.CategoryInfo.Category | Should -Be InvalidData
    }
}
