BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $scenes = Import-Dataset Scenes | Split-Dataset -PerClass 80
    $run = New-Network -Spec 'conv3x3x8s4 relu caption16w32t14-att' -InputShape 3,32,32 |
        Start-Training $scenes -Loss Caption -Epochs 20 -BatchSize 16 -Optimizer Adam -LearningRate 0.01 -Seed 1
}

Describe 'Get-Caption' {
    It 'describes each image of Test' {
        $rows = Get-Caption $run
        $rows | Should -HaveCount $scenes.Test.Count
        $rows[0].Text | Should -Match '^[a-z ]+$'
        $rows[0].LogProbability | Should -BeLessThan 0
        $rows[0].References | Should -HaveCount 3
        $rows[0].Words.Text -join ' ' | Should -BeExactly $rows[0].Text
        $word = $rows[0].Words[0]
        $word.Height, $word.Width | Should -Be 8, 8
        [Math]::Abs(($word.Attention | Measure-Object -Sum).Sum - 1) | Should -BeLessThan 1e-4
    }

    It 'finds more probable captions with a wider beam, for most images' {
        $one = (Get-Caption $run -Beam 1).LogProbability
        $many = (Get-Caption $run -Beam 8).LogProbability
        $better = 0..($one.Count - 1) | Where-Object { $many[$_] -gt $one[$_] + 1e-3 }
        $worse = 0..($one.Count - 1) | Where-Object { $many[$_] -lt $one[$_] - 1e-3 } # a beam may lose what a single path finds
        $better.Count | Should -BeGreaterThan (2 * $worse.Count)
    }

    It 'takes samples and files by pipe' {
        $rows = Select-Sample $scenes -Count 2 | Get-Caption $run
        $rows | Should -HaveCount 2
        $rows[0].References | Should -HaveCount 3
        $file = Get-ChildItem (New-TinyImage (Join-Path $TestDrive one.bmp)) | Get-Caption $run -WarningAction SilentlyContinue
        $file.IsCorrect | Should -BeNullOrEmpty
        $file.Source | Should -BeLike '*one.bmp'
    }

    It 'takes samples and files as the next argument, and no dataset beside them' {
        (Get-Caption $run (Select-Sample $scenes -Count 2)) | Should -HaveCount 2
        $path = New-TinyImage (Join-Path $TestDrive two.bmp)
        (Get-Caption $run $path -Beam 2 -WarningAction SilentlyContinue).Source | Should -BeLike '*two.bmp'
        ($run | Get-Caption -Image $path -WarningAction SilentlyContinue).Source | Should -BeLike '*two.bmp'
        Assert-OnlyError { Get-Caption $run $path -Dataset $scenes } Setting.Invalid 'left out where images are given'
    }

    It 'says of own pictures what their captions.txt taught it' {
        $album = [System.IO.Directory]::CreateDirectory((Join-Path $TestDrive 'album')).FullName
        $rows = foreach ($i in 0..23) {
            $null = New-TinyImage (Join-Path $album "$i.bmp") -Seed $i
            "$i.bmp,$(('A cat, asleep.', 'Two dogs!')[$i % 2] -replace '^.*,.*$', '"$0"')"
        }
        Set-Content (Join-Path $album captions.txt) @('image,caption'; $rows)
        $own = Import-Dataset $album -Resize 3, 8, 8
        (Select-Sample $own).Attributes.Caption | Should -BeExactly 'A cat, asleep.'
        $told = New-Network -Spec 'conv3x3x4s2 relu caption8w8t5' -InputShape 3, 8, 8 | Start-Training $own -Loss Caption -Epochs 2 -Seed 1
        $row = Get-Caption $told -Split Train | Select-Object -First 1
        $row.References | Should -BeExactly 'a cat asleep'
        $row.Text | Should -Match '^[a-z ]*$'
        $saved = Save-Dataset $own -Path (Join-Path $TestDrive 'kept')
        (Select-Sample (Import-Dataset $saved)).Attributes.Caption | Should -BeExactly 'A cat, asleep.'
    }

    It 'draws the image and where each word looked' {
        $row = Select-Sample $scenes | Get-Caption $run
        $row.ToPictures().Pictures | Should -HaveCount (1 + $row.Words.Count)
        $path = Join-Path $TestDrive strip.png
        $row | Export-Figure $path
        (Get-Item $path).Length | Should -BeGreaterThan 100
    }

    It 'says the same after the network was saved' {
        $path = Join-Path $TestDrive told.cnsh
        $null = $run | Export-Network -Path $path
        (Get-Caption (Import-Network $path) -Dataset $scenes).Text | Should -Be (Get-Caption $run).Text
    }

    It 'wants a network that describes, and that was trained' {
        Assert-OnlyError { Get-Caption (New-TinyNetwork) -Dataset $scenes } Setting.Invalid 'a network that describes images'
        $fresh = New-Network ShowAndTell
        Assert-OnlyError { Get-Caption $fresh -Dataset $scenes } Setting.Invalid 'a trained network'
    }

    It 'is not for formats without a decoder' {
        foreach ($name in 'told.onnx', 'told.json') {
            "$(Get-OnlyError { $run | Export-Network -Path (Join-Path $TestDrive $name) })" | Should -Match 'caption1'
        }
        "$(Get-OnlyError { $run | ConvertTo-NetworkCode Keras })" | Should -Match 'caption1'
    }
}
