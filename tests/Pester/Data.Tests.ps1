# Datasets: what they hold, how they are split, and that what is saved is read back.

BeforeAll {
    Import-Module "$PSScriptRoot/../../ConvNetShell.psd1"
    $shapes = Import-Dataset Shapes
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) "cnsh-pester-$([guid]::NewGuid())"
}

AfterAll {
    if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
}

Describe 'Shapes' {
    It 'has ten classes of colour pictures' {
        $shapes.Classes | Should -HaveCount 10
        $shapes.Classes | Should -Contain 'circle'
        "$($shapes.InputShape)" | Should -Be '3x32x32'
        $shapes.Train.Count | Should -BeGreaterOrEqual 10000
        $shapes.Test.Count | Should -Be 2000
    }

    It 'is listed as being on this machine' {
        (Get-Dataset Shapes).Available | Should -BeTrue
    }
}

Describe 'Split-Dataset' {
    BeforeAll {
        $split = $shapes | Split-Dataset -Validation 0.1 -PerClass 20 -Seed 1
    }

    It 'keeps as many of each class as it was told' {
        $split.Train.Count | Should -Be 200
        $split.Train.Labels | Group-Object | ForEach-Object Count | Select-Object -Unique | Should -Be 20
    }

    It 'holds out its share for validation' {
        $split.Validation.Count | Should -Be 1000
    }

    It 'leaves the dataset as it was' {
        $shapes.Validation | Should -BeNullOrEmpty
        $shapes.Train.Count | Should -Be 10000
    }

    It 'refuses to hold out twice' {
        { $split | Split-Dataset -Validation 0.1 -ErrorAction Stop } | Should -Throw '*already*Received: 0.1*'
    }
}

Describe 'Select-Sample' {
    It 'takes <Count> of class <Class>' -TestCases @(
        @{ Class = 'circle'; Count = 3 }
        @{ Class = 'star'; Count = 1 }
    ) {
        $samples = @(Select-Sample $shapes -Class $Class -Count $Count)
        $samples | Should -HaveCount $Count
        $samples[0].Class | Should -Be $Class
    }

    It 'draws the same with the same seed' {
        $first = Select-Sample $shapes -Random -Count 5 -Seed 3
        (Select-Sample $shapes -Random -Count 5 -Seed 3).Index | Should -Be $first.Index
    }
}

Describe 'Save-Dataset' {
    BeforeEach {
        $few = $shapes | Split-Dataset -PerClass 2
    }

    AfterEach {
        if (Test-Path $folder) { Remove-Item $folder -Recurse -Force }
    }

    It 'writes what Import-Dataset reads back' {
        $few | Save-Dataset -Path $folder -Format Cifar | Should -Not -BeNullOrEmpty
        $folder | Should -Exist
        $back = Import-Dataset $folder
        $back.Train.Count | Should -Be 20
        $back.Train.Labels | Should -Be $few.Train.Labels
        "$($back.InputShape)" | Should -Be '3x32x32'
    }

    It 'writes nothing under -WhatIf' {
        $few | Save-Dataset -Path $folder -WhatIf | Should -BeNullOrEmpty
        $folder | Should -Not -Exist
    }
}

Describe 'A dataset that is not there' {
    It 'is an error, and no other set takes its place' {
        { Import-Dataset './no such folder' -ErrorAction Stop } | Should -Throw -ErrorId 'Setting.Invalid,ConvNetShell.Cmdlets.Commands.ImportDatasetCommand'
    }
}
