# Folders of images as people have them.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'A folder of images' {
    It 'without an image is no dataset' {
        $null = New-Item -ItemType Directory "$TestDrive/empty"
        $record = Get-OnlyError { Import-Dataset "$TestDrive/empty" }
        $record.FullyQualifiedErrorId | Should -BeLike 'Data.*'
        $record.CategoryInfo.Category | Should -Be 'InvalidData'
        $record.Exception.Message | Should -BeLike '*Received: *'
    }

    It 'with a file that is no image is a dataset without it, and a warning names the file' {
        $folder = New-TinyData -Train 2 -Test 1
        $null = New-Item "$folder/train/red/broken.png"
        $data = Import-Dataset $folder -WarningVariable warned -WarningAction SilentlyContinue
        $data.Train.Count | Should -Be 6
        @($warned) | Should -HaveCount 1
        "$warned" | Should -BeLike '*broken.png*'
    }

    It 'may have brackets and spaces in its name' {
        $folder = New-TinyData "$TestDrive/my [set] 1" -Train 2 -Test 1
        $data = Import-Dataset $folder
        $data.Name | Should -BeExactly 'my [set] 1'
        $data.Train.Count | Should -Be 6
    }

    It 'may have other letters in its name' {
        (Import-Dataset (New-TinyData "$TestDrive/и ж 図" -Train 1 -Test 1)).Train.Count | Should -Be 3
    }
}

Describe 'A path' {
    BeforeAll {
        $run = New-TinyRun (Import-Dataset (New-TinyData))
        $folder = Join-Path $TestDrive 'with [brackets]'
        $null = New-TinyImage "$folder/x[1].bmp" blue
        $null = New-TinyImage "$folder/x1.bmp" green
    }

    It 'of <Command> is literal with -LiteralPath and as a piped item' -ForEach @(
        @{ Command = 'Get-Prediction'; Line = '(Get-Prediction $run -LiteralPath $file -Top 1).Source'; Piped = '(Get-Item -LiteralPath $file | Get-Prediction $run -Top 1).Source' }
        @{ Command = 'Get-Saliency'; Line = '(Get-Saliency $run -LiteralPath $file).Source'; Piped = '(Get-Item -LiteralPath $file | Get-Saliency $run).Source' }
        @{ Command = 'Get-FeatureMap'; Line = '(Get-FeatureMap $run conv1 -LiteralPath $file)[0].Source'; Piped = '(Get-Item -LiteralPath $file | Get-FeatureMap $run conv1)[0].Source' }
        @{ Command = 'Trace-Activation'; Line = '(Trace-Activation $run conv1 -LiteralPath $file).Source'; Piped = '(Get-Item -LiteralPath $file | Trace-Activation $run conv1).Source' }
        @{ Command = 'Trace-Gradient'; Line = '(Trace-Gradient $run conv1 -LiteralPath $file -Class red).Source'; Piped = '(Get-Item -LiteralPath $file | Trace-Gradient $run conv1 -Class red).Source' }
        @{ Command = 'Show-Image'; Line = '(Show-Image -LiteralPath $file -PassThru).Pictures[0].Caption'; Piped = '(Get-Item -LiteralPath $file | Show-Image -PassThru).Pictures[0].Caption' }
    ) {
        $file = "$folder/x[1].bmp"
        foreach ($text in $Line, $Piped) { "$(& ([scriptblock]::Create($text)) 6> $null)" | Should -BeLike '*x`[1`].bmp*' }
    }

    It 'is literal where it exists, else a pattern, else an error' {
        Push-Location -LiteralPath $folder
        (Get-Prediction $run 'x[1].bmp' -Top 1).Class | Should -Be blue
        (Get-Prediction $run 'x[12].bmp' -Top 1).Class | Should -Be green
        (Get-ChildItem *.bmp | Get-Prediction $run -Top 1).Class | Sort-Object | Should -Be blue, green
        (Get-OnlyError { Get-Prediction $run 'y*.bmp' }).FullyQualifiedErrorId | Should -BeLike 'File.NotFound*'
        (Get-OnlyError { Get-Prediction $run -LiteralPath 'x*.bmp' }).FullyQualifiedErrorId | Should -BeLike 'File.NotFound*'
        Pop-Location
    }
}

Describe 'A size' {
    It 'gives the same prediction to a file and to a sample' {
        $run = New-TinyRun (Import-Dataset (New-TinyData))
        $null = New-TinyImage "$TestDrive/large/a/1.bmp" -Side 33
        $null = New-TinyImage "$TestDrive/large/b/1.bmp" blue -Side 33
        foreach ($fit in 'Stretch', 'Crop', 'Pad') {
            $file = Get-Prediction $run "$TestDrive/large/a/1.bmp" -Fit $fit 3> $null
            $sample = Select-Sample "$TestDrive/large" -Split Train | Get-Prediction $run -Fit $fit 3> $null
            $resized = Import-Dataset "$TestDrive/large" -Resize 3,8,8 -Fit $fit | Select-Sample -Split Train | Get-Prediction $run
            $sample.Probability | Should -Be $file.Probability
            $resized.Probability | Should -Be $file.Probability
        }
    }

    It 'of a preset fits its own data' {
        $images = [byte[]]::new(16 + 40 * 784)
        ([byte[]](0, 0, 8, 3, 0, 0, 0, 40, 0, 0, 0, 28, 0, 0, 0, 28)).CopyTo($images, 0)
        $labels = [byte[]]::new(48)
        ([byte[]](0, 0, 8, 1, 0, 0, 0, 40)).CopyTo($labels, 0)
        foreach ($index in 0..39) { $labels[8 + $index] = $index % 10 }
        $null = New-Item -ItemType Directory "$TestDrive/MNIST"
        [System.IO.File]::WriteAllBytes("$TestDrive/MNIST/train-images-idx3-ubyte", $images)
        [System.IO.File]::WriteAllBytes("$TestDrive/MNIST/train-labels-idx1-ubyte", $labels)
        $data = Import-Dataset MNIST -Path "$TestDrive/MNIST" 3> $null
        $run = New-Network ConvNetJSMNIST | Start-Training $data -Epochs 1 3> $null
        "$($run.Dataset.InputShape)" | Should -Be '1x24x24'
        (Measure-Accuracy $run $data -Split Train).Count | Should -Be 40
        (Import-Dataset "$TestDrive/MNIST" -Resize 3,32,32 3> $null).InputShape | Should -Be '3x32x32'
    }
}
