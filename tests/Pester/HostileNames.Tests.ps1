# Folders and files of others, named so that they would steer a terminal.

BeforeDiscovery { $onLinux = $IsLinux }

BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Names with control characters' -Skip:(-not $onLinux) {
    BeforeAll {
        $escape = [char]27
        $names = "red$escape[31m", "answer$escape[6n", "two`nlines", "$([char]0x202E)backwards", "c1$([char]0x9B)6n", "bell$([char]7)"
        $root = Join-Path $TestDrive hostile
        $saved = Join-Path $TestDrive saved
        Import-Dataset Shapes | Split-Dataset -PerClass 10 | Save-Dataset -Path $saved -WarningAction SilentlyContinue | Out-Null
        $images = Get-ChildItem $saved -Recurse -Filter *.png | Select-Object -First 60
        $next = 0
        foreach ($name in $names) {
            $folder = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine($root, $name)).FullName
            foreach ($i in 1..10) {
                [System.IO.File]::Copy($images[$next++].FullName, [System.IO.Path]::Combine($folder, "$i$escape[5m.png"))
            }
        }
        $hidden = '[\x00-\x09\x0B-\x1F\x7F\x80-\x9F\u202A-\u202E\u2066-\u2069]'
        $data = Import-Dataset $root -WarningVariable warned -WarningAction SilentlyContinue
        $run = New-Network -Spec 'conv3x3x4 relu globalavg fc6 softmax' -InputShape $data.InputShape -Seed 1 |
            Start-Training $data -Epochs 1 -BatchSize 8 -WarningAction SilentlyContinue
        function Get-Text { ($input | Out-String -Width 300) -replace "`r?`n", "`n" }
    }

    It 'are shown by visible characters in tables and lists' {
        $data.Classes.Count | Should -Be 6
        $data.Classes | Should -Not -Match $hidden
        $data | Get-Text | Should -Not -Match $hidden
        $data | Format-List * | Get-Text | Should -Not -Match $hidden
        Measure-Accuracy $run -Split Train | Get-Text | Should -Not -Match $hidden
        (Measure-Accuracy $run -Split Train).PerClass | Get-Text | Should -Not -Match $hidden
        Measure-Accuracy $run -Split Train -AllowUnknownClasses -By Class | Get-Text | Should -Not -Match $hidden
        Get-ConfusionMatrix $run -Split Train | Get-Text | Should -Not -Match $hidden
        Get-ChildItem $root -Recurse -File | Get-Prediction $run | Get-Text | Should -Not -Match $hidden
        $data | Select-Sample -Split Train -Count 3 | Get-Text | Should -Not -Match $hidden
    }

    It 'are shown by visible characters in warnings and errors' {
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($root, $names[0], "no$($escape)[6nimage.png"), 'text')
        $null = Import-Dataset $root -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        @($failed; $warned).Count | Should -BeGreaterThan 0
        "$failed $warned" | Should -Not -Match $hidden
        $null = Measure-Accuracy $run -Dataset Shapes -AllowUnknownClasses -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        $named = New-Network -Spec 'globalavg fc6 softmax' -InputShape $data.InputShape -Name "net$escape[6n"
        $null = Measure-Accuracy $named $data -Split Train -WarningVariable untrained -WarningAction SilentlyContinue
        "$untrained" | Should -Not -BeNullOrEmpty
        "$warned $untrained" | Should -Not -Match $hidden
    }

    It 'are shown by visible characters in figures' {
        $svg = Join-Path $TestDrive matrix.svg
        Get-ConfusionMatrix $run -Split Train | Export-Figure $svg
        $text = [System.IO.File]::ReadAllText($svg)
        $text -match '[\x00-\x08\x0B-\x1F\x7F\x80-\x9F\u202A-\u202E\u2066-\u2069]' | Should -BeFalse
        { [xml]$text } | Should -Not -Throw
    }

    It 'are still read: each class keeps its images' {
        ($data.Splits | Measure-Object Count -Sum).Sum | Should -Be 60
        $data.Classes | Should -Contain "two$([char]0x240A)lines"
    }
}
