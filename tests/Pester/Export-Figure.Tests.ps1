BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
    $one = Select-Sample $images
}

Describe 'Export-Figure' {
    It 'makes one picture of: <_>' -ForEach @(
        '$run', '$run.Network', '$run.History', '$run.Best', 'Get-Filter $run conv1', 'Get-FeatureMap $run relu1 $one', 'Get-FeatureMap $run conv1, fc1 $one -Gradient',
        'Get-ConfusionMatrix $run', 'Measure-Accuracy $run', '(Measure-Accuracy $run).PerClass', '$one | Get-Prediction $run', 'Select-Sample $images -Count 5',
        'Get-NetworkSummary $run', 'Get-ReceptiveField $run', 'Get-ReceptiveField $run conv1 -Effective', 'Show-Network $run -Image $one -PassThru', 'Show-Network $run -Weights -PassThru',
        'Show-Batch $images -PassThru -Count 4', 'Show-Batch $images -SameImage -PassThru -Count 4', 'Get-Saliency $run $one -Method Gradient, GradCam', 'Measure-Layer $run',
        'Measure-Layer $run -Layer conv1', 'Measure-Network $run -Rounds 1 -BatchSize 4', 'Measure-Calibration $run', 'Compare-Network $run $run', 'Test-Invariance $run -Shift 0..2 -Flip',
        'Compare-Sharing $run.Network', 'Get-MaximalPatch $run conv1 0, 2 -Top 3'
    ) {
        $figure = & ([scriptblock]::Create("$_ 3> `$null 6> `$null"))
        $figure | Export-Figure "$TestDrive/x.png" -PassThru | Should -HaveCount 1
        $figure | Export-Figure "$TestDrive/x.svg"
        $figure | Export-Figure "$TestDrive/x.html"
        [System.IO.File]::ReadAllBytes("$TestDrive/x.png")[0..3] | Should -Be 0x89, 0x50, 0x4E, 0x47
        [System.IO.File]::ReadAllText("$TestDrive/x.svg").Contains('<svg') | Should -BeTrue
        [System.IO.File]::ReadAllText("$TestDrive/x.html").StartsWith('<!doctype html>') | Should -BeTrue
    }

    It 'writes the numbers as JSON' {
        $run | Export-Figure "$TestDrive/x.json"
        Get-Content "$TestDrive/x.json" -Raw | ConvertFrom-Json | Should -Not -BeNullOrEmpty
    }

    It 'takes a path relative to the folder one is in' {
        Push-Location $TestDrive
        try { $run | Export-Figure relative.svg } finally { Pop-Location }
        "$TestDrive/relative.svg" | Should -Exist
    }

    It 'scales pictures' {
        $small = $one | Export-Figure "$TestDrive/small.png" -PassThru
        $large = $one | Export-Figure "$TestDrive/large.png" -Scale 3 -PassThru
        $large.Length | Should -BeGreaterThan $small.Length
    }

    It 'writes nothing under -WhatIf' {
        $run | Export-Figure "$TestDrive/never.png" -WhatIf
        "$TestDrive/never.png" | Should -Not -Exist
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Export-Figure x.bmp $run'; Id = 'Setting.Invalid'; Text = ".png, .svg, .gif, .webp, .html or .json. Received: 'x.bmp'" }
        @{ Line = '$run | Export-Figure "$TestDrive/x.gif"'; Id = 'Setting.Invalid'; Text = 'of a form that this figure has' }
        @{ Line = '$run | Export-Figure "$TestDrive/x.webp"'; Id = 'Setting.Invalid'; Text = 'GIF and WebP are for figures that move' }
        @{ Line = '3 | Export-Figure x.png'; Id = 'Setting.Invalid'; Text = "Received: 'Int32'" }
        @{ Line = '($run.History[0], (Get-Filter $run conv1)[0]) | Export-Figure "$TestDrive/two.png"'; Id = 'Setting.Invalid'; Text = ".html takes several. Received: '2 figures'" }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }

    It 'refuses steps over a large picture at the first of them' {
        $picture = (New-CrowdPicture).Picture
        $seen = @{ Made = 0 }
        { Trace-Convolution $picture -Kernel ((1, 0), (0, -1)) | ForEach-Object { $seen.Made++; $_ } | Export-Figure "$TestDrive/large.gif" } |
            Should -Throw '*use a part of the picture, a smaller one (Import-Dataset -Resize), or a larger -Stride*Received: *320x480*'
        $seen.Made | Should -BeLessThan 10
        { Trace-Pooling $picture -Size 2 | Export-Figure "$TestDrive/large.gif" } | Should -Throw '*use a part of the picture*'
        Test-Path "$TestDrive/large.gif" | Should -BeFalse
    }

    It 'says that a folder is not there' {
        $record = Get-OnlyError { $run | Export-Figure "$TestDrive/no/such/all.png" }
        $record.FullyQualifiedErrorId | Should -BeLike 'Storage.Unwritable,*'
        $record.Exception.Message | Should -BeLike '*all.png*'
    }
}
