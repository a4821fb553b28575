BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $source = New-TinyData
    $images = Import-Dataset $source
}

Describe 'Save-Dataset' {
    It 'writes <Format> that Import-Dataset reads back' -ForEach @(
        @{ Format = 'Png'; Shape = '3,8,8' }
        @{ Format = 'Cifar'; Shape = '3,32,32' }
        @{ Format = 'Idx'; Shape = '1,28,28' }
    ) {
        $data = Import-Dataset $source -Resize $Shape
        $data | Save-Dataset -Path "$TestDrive/$Format" -Format $Format | Should -Not -BeNullOrEmpty
        $back = Import-Dataset "$TestDrive/$Format"
        $back.Train.Count | Should -Be 36
        $back.Test.Count | Should -Be 12
        "$($back.InputShape)" | Should -BeExactly "$($data.InputShape)"
        $classOf = { param($dataset) (Select-Sample $dataset -Count 12).Class -join ' ' }
        & $classOf $back | Should -BeExactly (& $classOf $data)
    }

    It 'replaces a folder with something in it only by force' {
        $null = New-Item -ItemType Directory "$TestDrive/full"
        Set-Content "$TestDrive/full/mine.txt" 'keep me'
        Assert-OnlyError { $images | Save-Dataset -Path "$TestDrive/full" } Storage.NotEmpty "$TestDrive/full" WriteError
        Get-Content "$TestDrive/full/mine.txt" | Should -BeExactly 'keep me'
        Get-ChildItem "$TestDrive/full" | Should -HaveCount 1

        $null = $images | Save-Dataset -Path "$TestDrive/twice"
        $null = $images | Save-Dataset -Path "$TestDrive/twice" -Force
        (Import-Dataset "$TestDrive/twice").Train.Count | Should -Be 36
    }

    It 'writes nothing under -WhatIf: <Script>' -ForEach @(
        @{ Script = { $images | Save-Dataset -Path "$TestDrive/never" -WhatIf } }
        @{ Script = { Save-Dataset Shapes -Path "$TestDrive/never" -WhatIf } }
        @{ Script = { Save-Dataset CIFAR100 -WhatIf } }
    ) {
        & $Script | Should -BeNullOrEmpty
        "$TestDrive/never" | Should -Not -Exist
        Get-ChildItem $env:CONVNETSHELL_DATA | Should -BeNullOrEmpty
    }

    It 'asks for a path for a dataset that has no place of its own' {
        Assert-OnlyError { Save-Dataset Shapes } Setting.Invalid '-Path must be given'
    }
}
