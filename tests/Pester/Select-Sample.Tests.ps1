BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Select-Sample' {
    It 'takes the first test image' {
        $sample = Select-Sample $images
        $sample | Should -HaveCount 1
        $sample.Split | Should -BeExactly 'Test'
        $sample.Index | Should -Be 0
    }

    It 'takes classes by name and wildcard, in the split''s order' {
        Select-Sample $images -Class red -Count 9 | ForEach-Object { $_.Class } | Should -BeExactly 'red', 'red', 'red', 'red'
        Select-Sample $images -Class gr*, blue -Count 99 | ForEach-Object { $_.Class } | Select-Object -Unique | Sort-Object | Should -BeExactly 'blue', 'green'
    }

    It 'takes indices of a split' {
        Select-Sample $images -Split Train -Index 5, 3 | ForEach-Object { $_.Index } | Should -Be 5, 3
    }

    It 'draws the same at random with the same seed' {
        $first = (Select-Sample $images -Random -Count 5 -Seed 3).Index
        (Select-Sample $images -Random -Count 5 -Seed 3).Index | Should -Be $first
        (Select-Sample $images -Random -Count 5 -Seed 4).Index | Should -Not -Be $first
    }

    It 'takes a dataset by pipe, by path, as an item and from a run' {
        $run = New-TinyNetwork fc3 | Start-Training $images -Epochs 1 -BatchSize 6 -Threads 1
        ($images | Select-Sample -Split Train).Split | Should -BeExactly 'Train'
        (Select-Sample $images.Source).Dataset | Should -BeExactly $images.Name
        (Get-Item $images.Source | Select-Sample).Dataset | Should -BeExactly $images.Name
        Select-Sample $run -Split Validation -Count 99 | Should -HaveCount 4
        ($run | Select-Sample).Split | Should -BeExactly 'Test'
    }

    It 'goes on after an index that is not there' {
        $samples = Select-Sample $images -Index 0, 999, 1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $samples | ForEach-Object { $_.Index } | Should -Be 0, 1
        $failed | Should -HaveCount 1
    }

    It 'refuses <Options>' -ForEach @(
        @{ Options = '-Class cat'; Id = 'Class.NotFound'; Category = 'ObjectNotFound'; Text = 'blue, green, red' }
        @{ Options = '-Split Validation'; Id = 'Setting.Invalid'; Category = 'InvalidArgument'; Text = 'Train, Test' }
    ) {
        Assert-OnlyError ([scriptblock]::Create("Select-Sample `$images $Options")) $Id $Text $Category
    }

    It 'refuses nothing for a dataset' {
        { Select-Sample $null } | Should -Throw '*null*'
    }
}
