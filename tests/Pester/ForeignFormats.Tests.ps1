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

    It 'are weights for PyTorch, which come back bit for bit' {
        $network | Export-Network "$TestDrive/weights.pth"
        $other = New-TinyNetwork 'conv3x3x4p1 relu pool2 fc3 softmax' -Seed 5
        $null = Import-Network "$TestDrive/weights.pth" -Into $other
        (Get-Filter $other conv1).Values | Should -Be (Get-Filter $network conv1).Values
        (Get-FileHash "$TestDrive/weights.pth").Hash | Should -Be (Get-FileHash (Export-Network "$TestDrive/again.pt" $network -PassThru)).Hash
        $half = Export-Network "$TestDrive/half.pt" $network -Type Float16 -Naming Index -Format PyTorch -PassThru
        $half.Length | Should -BeLessThan (Get-Item "$TestDrive/weights.pth").Length
        Assert-OnlyError { $network | Export-Network "$TestDrive/p.pth" -IncludePreprocessing } Setting.Invalid
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

    It 'are models of Keras, as Keras 3 and earlier versions saved them: <_>' -ForEach @('model.keras', 'model.h5') {
        $keras = Import-Network "$PSScriptRoot/Models/$_" -WarningVariable warned -WarningAction SilentlyContinue
        $keras.Spec | Should -Be 'conv3x3x2 relu bn-m0.01 flatten fc3'
        "$($keras.InputShape)" | Should -Be '2x6x6'
        "$warned" | Should -Match 'no Rescaling'
        $keras.Normalization.Mean | Should -Be 0, 0
    }

    It 'are weights of Keras for a network' {
        $other = New-Network -Spec 'conv3x3x2 relu bn fc3' -InputShape 2,6,6 -Seed 3
        $weights = "$PSScriptRoot/Models/model.weights.h5"
        $null = Import-Network $weights -Into $other
        $keras = Import-Network "$PSScriptRoot/Models/model.keras" 3>$null
        (Get-Filter $other fc1).Weights | Should -Be (Get-Filter $keras fc1).Weights
        Assert-OnlyError { Import-Network $weights } NetworkFile.Unknown '-Into' InvalidData
        Assert-OnlyError { Import-Network $weights -Into (New-TinyNetwork 'conv3x3x9 fc3') } NetworkFile.Mismatch 'fc1'
    }

    It 'are refused where they hold code: a Lambda layer of Keras' {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        Copy-Item -LiteralPath "$PSScriptRoot/Models/model.keras" "$TestDrive/lambda.keras"
        $zip = [System.IO.Compression.ZipFile]::Open("$TestDrive/lambda.keras", 'Update')
        $zip.GetEntry('config.json').Delete()
        $writer = [System.IO.StreamWriter]::new($zip.CreateEntry('config.json', 'NoCompression').Open())
        $writer.Write('{"class_name":"Sequential","config":{"layers":[{"class_name":"Lambda","config":{"name":"mine"}}]}}')
        $writer.Dispose()
        $zip.Dispose()
        Assert-OnlyError { Import-Network "$TestDrive/lambda.keras" } NetworkFile.Unsafe "Lambda 'mine'" InvalidData
    }
}
