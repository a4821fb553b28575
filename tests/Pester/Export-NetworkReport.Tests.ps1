BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
}

Describe 'Export-NetworkReport' {
    It 'has all of a run on one page, which needs nothing else' {
        $file = $run | Export-NetworkReport "$TestDrive/run.html" -PassThru
        $page = [System.IO.File]::ReadAllText($file.FullName)
        foreach ($part in '<h2>Layers</h2>', '<h2>Training</h2>', '<h2>Filters of conv1</h2>', '<h2>Accuracy</h2>', '<h2>Confusion</h2>', 'seed 1') {
            $page.Contains($part) | Should -BeTrue -Because "$part was expected"
        }
        $page -cmatch '<(?:script|img|link)[^>]*(?:src|href)="(?!data:)' | Should -BeFalse
    }

    It 'has no training of a network without a run' {
        Export-NetworkReport "$TestDrive/network.html" (New-TinyNetwork) -Dataset $images -Dark 3> $null
        [System.IO.File]::ReadAllText("$TestDrive/network.html").Contains('<h2>Training</h2>') | Should -BeFalse
    }

    It 'writes nothing under -WhatIf' {
        Export-NetworkReport "$TestDrive/never.html" LeNet5 -WhatIf 3> $null
        "$TestDrive/never.html" | Should -Not -Exist
    }

    It 'refuses another kind of file' {
        Assert-OnlyError { Export-NetworkReport x.pdf $run } Setting.Invalid "ends in .html. Received: 'x.pdf'"
    }
}
