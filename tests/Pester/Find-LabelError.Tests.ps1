BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = New-TinyData
    $images = Import-Dataset $folder
    $run = New-TinyRun $images -Epochs 2 # sure, but not so sure that every probability is 1
}

Describe 'Find-LabelError' {
    It 'finds nothing where every label is right' {
        Find-LabelError $run | Should -BeNullOrEmpty
    }

    It 'finds images that lie in the wrong folder' {
        # Of four red images in the green folder, those of which the network is at least as sure as of red images on average.
        $wrong = New-TinyData
        foreach ($number in 12..15) { Copy-Item "$wrong/test/red/$number.bmp" "$wrong/test/green/wrong$number.bmp" }
        $found = @(Find-LabelError $run (Import-Dataset $wrong))
        $found.Count | Should -BeGreaterThan 0
        $found | ForEach-Object { $_.Source | Should -BeLike '*wrong*.bmp' }
        Find-LabelError $run (Import-Dataset $wrong) -Top 1 | Should -HaveCount 1
    }
}
