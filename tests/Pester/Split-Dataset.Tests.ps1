BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Split-Dataset' {
    It 'keeps as many of each class as it is asked for' {
        $split = $images | Split-Dataset -PerClass 4 -Seed 1
        $split.Train.Count | Should -Be 12
        $split.Train.Labels | Group-Object | ForEach-Object Count | Select-Object -Unique | Should -Be 4
    }

    It 'holds out the same fraction of each class for validation' {
        $split = $images | Split-Dataset -Validation 0.25 -Seed 3
        $split.Validation.Count | Should -Be 9
        $split.Train.Count | Should -Be 27
        $split.Validation.Labels | Group-Object | ForEach-Object Count | Select-Object -Unique | Should -Be 3
        $split.Test.Count | Should -Be 12
    }

    It 'takes both fractions from all images' {
        $all = New-TinyData -Test 0 -Train 30 | Import-Dataset | Split-Dataset -Test 0.2 -Validation 0.1
        $all.Train.Count, $all.Validation.Count, $all.Test.Count | Should -Be 63, 9, 18
    }

    It 'leaves the only image of a class in Train, with a warning' {
        $folder = Join-Path $TestDrive single
        $null = New-TinyImage "$folder/one/1.bmp"
        foreach ($index in 1..9) { $null = New-TinyImage "$folder/many/$index.bmp" -Seed $index }
        $split = Import-Dataset $folder | Split-Dataset -Validation 0.5 -WarningVariable warned 3> $null
        $split.Train.Labels | Should -Contain 1
        $warned.Message | Should -BeLike 'Validation of single has no image of one. The only image of one stays in Train.'
    }

    It 'leaves the dataset as it was' {
        $null = $images | Split-Dataset -Validation 0.25 -PerClass 2
        $images.Validation | Should -BeNullOrEmpty
        $images.Train.Count | Should -Be 36
    }

    It 'chooses the same for the same seed' {
        $labels = { param($seed) (Select-Sample ($images | Split-Dataset -PerClass 3 -Seed $seed) -Split Train -Count 9).File -join ' ' }
        & $labels 1 | Should -BeExactly (& $labels 1)
        & $labels 1 | Should -Not -BeExactly (& $labels 2)
    }

    It 'reads a fraction as text in every culture' {
        ($images | Split-Dataset -Validation '0.25').Validation.Count | Should -Be 9
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = '$images | Split-Dataset -Test 0.2'; Text = '-Test must be left out for a dataset that has the split already (Test: 12 of 3x8x8). Received: 0.2' }
        @{ Line = '$images | Split-Dataset -Validation 0.2 | Split-Dataset -Validation 0.2'; Text = 'Received: 0.2' }
        @{ Line = '$images | Split-Dataset -Validation 1.2'; Text = 'above 0 and below 1. Received: 1.2' }
        @{ Line = 'Import-Dataset (New-TinyData -Test 0) | Split-Dataset -Test 0.6 -Validation 0.5'; Text = '-Validation must be below 0.4' }
        @{ Line = '$images | Split-Dataset -Validation NaN'; Text = 'Received: NaN' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) Setting.Invalid $Text
    }

    It 'takes datasets only' {
        (Get-OnlyError { 5 | Split-Dataset -Validation 0.1 }).CategoryInfo.Category | Should -BeIn 'InvalidArgument', 'InvalidData'
    }

    It 'holds out whole classes' {
        $split = Import-Dataset Signals | Split-Dataset -ByClass -Validation 0.34 3> $null
        $split.Train.Labels | Where-Object { $_ -in $split.Validation.Labels } | Should -BeNullOrEmpty
        @($split.Validation.Labels | Select-Object -Unique) | Should -HaveCount 2
        Assert-OnlyError { $images | Split-Dataset -ByClass } Setting.Invalid '-ByClass must be given with'
    }

    It 'repeats the images of rarer groups' {
        $split = $images | Split-Dataset -BalanceBy { $_.Class -eq 'red' }
        $split.Train.Count | Should -Be 48
        ($split.Train.Labels | Group-Object | Where-Object Name -EQ 2).Count | Should -Be 24
    }
}
