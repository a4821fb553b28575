BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $place = "$TestDrive/place"
    $null = New-TinyData "$place/Shapes" -Train 2 -Test 1
    $null = New-TinyData "$place/a[1]" -Train 2 -Test 1
    $null = New-TinyData "$place/a1" -Train 2 -Test 1
    Push-Location -LiteralPath $place
}

AfterAll {
    Pop-Location
}

Describe 'Import-Dataset' {
    It 'reads a folder of images' {
        $data = Import-Dataset ./a1
        $data.Classes | Should -BeExactly 'blue', 'green', 'red'
        $data.Train.Count | Should -Be 6
        $data.Test.Count | Should -Be 3
        "$($data.InputShape)" | Should -BeExactly '3x8x8'
    }

    It 'reads a known dataset by its name, also beside a folder of that name' {
        (Get-Dataset Shapes | Import-Dataset).Source | Should -BeLike 'generated*'
    }

    It 'takes a folder for the folder, whatever its name: <Line>' -ForEach @(
        @{ Line = 'Get-Item ./Shapes | Import-Dataset' }
        @{ Line = 'Get-ChildItem -Filter Sh* | Import-Dataset' }
        @{ Line = 'Resolve-Path ./Shapes | Import-Dataset' }
        @{ Line = 'Get-ChildItem -Name -Filter Sh* | Import-Dataset' }
        @{ Line = 'Import-Dataset ./Shapes' }
        @{ Line = 'Import-Dataset -LiteralPath Shapes' }
        @{ Line = 'Import-Dataset -PSPath (Get-Item Shapes).PSPath' }
        @{ Line = 'Import-Dataset (Get-Item ./Shapes)' }
        @{ Line = '[pscustomobject]@{ FullName = "$place/Shapes" } | Import-Dataset' }
    ) {
        (& ([scriptblock]::Create($Line))).Source | Should -BeExactly ([System.IO.Path]::GetFullPath("$place/Shapes"))
    }

    It 'takes what exists under that very name before a pattern: <Line>' -ForEach @(
        @{ Line = "Import-Dataset './a[1]'"; Expected = 'a[1]' }
        @{ Line = "Import-Dataset -LiteralPath './a[1]'"; Expected = 'a[1]' }
        @{ Line = "Get-Item -LiteralPath './a[1]' | Import-Dataset"; Expected = 'a[1]' }
        @{ Line = "Import-Dataset './a[12]'"; Expected = 'a1' }
        @{ Line = "Import-Dataset './a*'"; Expected = 'a[1]', 'a1' }
    ) {
        & ([scriptblock]::Create($Line)) | ForEach-Object { Split-Path -Leaf $_.Source } | Sort-Object | Should -BeExactly ($Expected | Sort-Object)
    }

    It 'reads several, and goes on after one that is not there' {
        $read = Import-Dataset ./a1, ./typo, ./Shapes -ErrorVariable failed -ErrorAction SilentlyContinue
        $read | Should -HaveCount 2
        $failed[0].FullyQualifiedErrorId | Should -BeExactly 'Setting.Invalid,ConvNetShell.Cmdlets.Commands.Data.ImportDatasetCommand'
        $failed[0].TargetObject | Should -BeExactly './typo'
    }

    It 'refuses <_>' -ForEach './typo', './no*', 'Shaps', 'zz:x' {
        Assert-OnlyError { Import-Dataset $_ } 'Setting.Invalid' "Received: '$_'"
    }

    It 'refuses nothing' {
        (Get-OnlyError { Import-Dataset $null }).Exception.Message | Should -BeLike '*Received: nothing*'
        (Get-OnlyError { Import-Dataset '' }).Exception.Message | Should -BeLike '*Received: an empty text*'
    }

    It 'resizes' {
        "$((Import-Dataset ./a1 -Resize 3,4,4).InputShape)" | Should -BeExactly '3x4x4'
    }
}

Describe 'A dataset of another cmdlet' {
    It 'is the folder too' {
        (Select-Sample (Get-Item ./Shapes)).Height | Should -Be 8
        (Measure-Accuracy (New-TinyNetwork) -Dataset (Get-Item ./Shapes) 3> $null).Count | Should -Be 3
    }

    It 'is where one stands' {
        $null = New-TinyData "$TestDrive/other/a1" -Train 3 -Test 1
        $here = (Select-Sample ./a1 -Split Train -Count 99)
        Push-Location "$TestDrive/other"
        $there = (Select-Sample ./a1 -Split Train -Count 99)
        Pop-Location
        $here | Should -HaveCount 6
        $there | Should -HaveCount 9
    }
}
