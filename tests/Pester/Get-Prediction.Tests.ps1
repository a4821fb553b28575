BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Get-Prediction' {
    It 'gives one object a rank, the most probable first' {
        $ranks = Select-Sample $run -Class red | Get-Prediction $run
        # Not $ranks.Rank: an array has a property of that name.
        $ranks | ForEach-Object { $_.Rank } | Should -Be 1, 2, 3
        $ranks[0].Class | Should -BeExactly 'red'
        $ranks[0].Correct | Should -BeTrue
        $ranks[0].Probability | Should -BeGreaterThan $ranks[1].Probability
        [System.Math]::Abs(($ranks | Measure-Object Probability -Sum).Sum - 1) | Should -BeLessThan 1e-5
    }

    It 'gives the best few of several images' {
        Select-Sample $run -Count 4 | Get-Prediction $run -Top 2 | ForEach-Object { $_.Rank } | Should -Be 1, 2, 1, 2, 1, 2, 1, 2
    }

    It 'averages over the mirror image' {
        $plain = New-Network -Spec fc10 -InputShape 3,32,32 -Seed 1
        $sample = Select-Sample Shapes
        $once = ($sample | Get-Prediction $plain -Top 1 -WarningAction Ignore).Probability
        $both = ($sample | Get-Prediction $plain -Top 1 -TestAugment Mirror -WarningAction Ignore).Probability
        $both | Should -BeGreaterThan 0
        [System.Math]::Abs($both - $once) | Should -BeGreaterThan 0 -Because 'a mirrored image has other outputs'
    }

    It 'predicts files as it predicts samples' {
        $files = Get-ChildItem "$($images.Source)/test" -Recurse -Filter *.bmp | Get-Prediction $run -Top 1
        $files | Should -HaveCount 12
        ($files.Class | Sort-Object) -join ' ' | Should -BeExactly ((Select-Sample $run -Count 12 | Get-Prediction $run -Top 1).Class | Sort-Object | Join-String -Separator ' ')
    }

    It 'draws all of nine images beside their bars, as <_>' -ForEach 'html', 'svg', 'png' {
        Select-Sample $run -Count 9 | Get-Prediction $run | Export-Figure "$TestDrive/nine.$_"
        if ($_ -eq 'png') {
            $png = [System.IO.File]::ReadAllBytes("$TestDrive/nine.png")
            # width and height, as big endian numbers: three rows of three
            [System.Buffers.Binary.BinaryPrimitives]::ReadInt32BigEndian([byte[]]$png[16..19]) | Should -BeGreaterThan 900
            [System.Buffers.Binary.BinaryPrimitives]::ReadInt32BigEndian([byte[]]$png[20..23]) | Should -BeGreaterThan 300
        } else {
            $text = Get-Content -Raw "$TestDrive/nine.$_"
            [regex]::Matches($text, $(if ($_ -eq 'svg') { '<image ' } else { '<img ' })).Count | Should -Be 9
            [regex]::Matches($text, '>true: ').Count | Should -Be $(if ($_ -eq 'svg') { 0 } else { 9 })
        }
    }

    It 'says how many images a figure leaves out' {
        $many = 1..60 | ForEach-Object { Select-Sample $run -Index 0 } | Get-Prediction $run -Top 2
        $many | Export-Figure "$TestDrive/many.html"
        Get-Content -Raw "$TestDrive/many.html" | Should -BeLike '*Images 1 to 48 of 60: 12 are left out*'
        $many | Export-Figure "$TestDrive/many.html" -Page 2
        Get-Content -Raw "$TestDrive/many.html" | Should -BeLike '*Images 49 to 60 of 60: 48 are left out*'
    }

    It 'has the loss of each image whose class is known' {
        $all = Select-Sample $images -Count 12 | Get-Prediction $run -Top 1
        ($all | Sort-Object Loss -Descending)[0].Loss | Should -Be ($all | Measure-Object Loss -Maximum).Maximum
        $all[0].Sample.Height | Should -Be 8
    }
}

Describe 'Images that are named' {
    BeforeAll {
        $null = New-TinyImage "$TestDrive/folder/cat.bmp" green -Side 20
        $untrained = New-Network -Spec fc3 -InputShape 3,8,8 -Classes blue, green, red
        Push-Location "$TestDrive/folder"
    }

    AfterAll {
        Pop-Location
    }

    It 'are found by: <Line>' -ForEach @(
        @{ Line = 'Get-Prediction $untrained cat.bmp' }
        @{ Line = 'Get-Prediction $untrained *.bmp' }
        @{ Line = "Get-Prediction `$untrained 'c?t.bmp'" }
        @{ Line = 'Get-Prediction $untrained ./cat.bmp, cat.bmp -Top 1 | Select-Object -First 1' }
        @{ Line = 'Get-ChildItem -Filter *.bmp | Get-Prediction $untrained -Top 3' }
        @{ Line = 'Get-Item cat.bmp | Get-Prediction $untrained' }
        @{ Line = 'Get-Prediction $untrained -LiteralPath cat.bmp' }
        @{ Line = 'Get-ChildItem -Name -Filter *.bmp | Get-Prediction $untrained' }
        @{ Line = "'cat.bmp' | Get-Prediction `$untrained" }
    ) {
        $found = @(& ([scriptblock]::Create("$Line 3> `$null")))
        $found[0].Source | Should -BeExactly (Get-Item cat.bmp).FullName
        $found[0].Rank | Should -Be 1
    }

    It 'are an error where they are not there: <Path>' -ForEach @(
        @{ Path = 'nofile.png' }
        @{ Path = 'no*.png' }
        @{ Path = './no folder/a.png' }
    ) {
        $record = Get-OnlyError { Get-Prediction $untrained $Path }
        $record.FullyQualifiedErrorId | Should -BeExactly 'File.NotFound,ConvNetShell.Cmdlets.Commands.Evaluation.GetPredictionCommand'
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'that cannot be read are named, and the others are predicted' {
        $null = New-TinyImage "$TestDrive/mixed/a.bmp" blue
        $null = New-Item "$TestDrive/mixed/b.bmp"
        Set-Content "$TestDrive/mixed/c.bmp" 'not a picture'
        $null = New-TinyImage "$TestDrive/mixed/d.bmp" red
        $good = Get-Prediction $untrained "$TestDrive/mixed/*.bmp" -Top 1 -ErrorVariable failed -ErrorAction SilentlyContinue 3> $null
        $good | ForEach-Object { Split-Path $_.Source -Leaf } | Should -BeExactly 'a.bmp', 'd.bmp'
        $failed | ForEach-Object { Split-Path $_.TargetObject -Leaf } | Should -BeExactly 'b.bmp', 'c.bmp'
        $failed | ForEach-Object { $_.FullyQualifiedErrorId | Should -Match '^Data\.(NotAnImage|Truncated),' }
        $failed | ForEach-Object { $_.CategoryInfo.Category | Should -Be 'InvalidData' }
    }

    It 'keep their size where that is wanted' {
        Assert-OnlyError { Get-Prediction $untrained (Select-Sample (Import-Dataset $images.Source -Resize 1,28,28)) -NoResize 3> $null } Shape.Mismatch 'expected 3x8x8'
    }
}
