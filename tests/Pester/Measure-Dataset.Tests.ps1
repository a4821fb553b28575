BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = New-TinyData
}

Describe 'Measure-Dataset' {
    It 'gives the images, classes and values of each split' {
        $train, $test = Measure-Dataset $folder
        $data = Import-Dataset $folder
        $train.Split, $test.Split | Should -Be 'Train', 'Test'
        $train.Images, $test.Images | Should -Be $data.Train.Count, $data.Test.Count
        $train.Classes | Should -Be $data.Classes.Count
        $train.Smallest, $train.Largest | Should -Be ($data.Train.Labels | Group-Object -NoElement | Measure-Object Count -Minimum -Maximum | ForEach-Object { $_.Minimum, $_.Maximum })
        $train.Mean | Should -BeGreaterThan 0
        $train.Mean | Should -BeLessThan 1
    }

    It 'finds images that are in Test and in Train, those with another label first' {
        $leaky = New-TinyData
        $before = Measure-Dataset $leaky -Tolerance 0
        $red = Get-ChildItem $leaky/train/red | Select-Object -First 2
        Copy-Item -LiteralPath $red[0] $leaky/test/red/copied.bmp
        Copy-Item -LiteralPath $red[1] $leaky/test/green/wrong.bmp
        $train, $test = Measure-Dataset (Import-Dataset $leaky) -Tolerance 0
        $test.Leaked - $before[1].Leaked | Should -Be 2
        $test.Conflicting - $before[1].Conflicting | Should -Be 1
        $first = $test.Duplicates[0]
        $first.Source | Should -BeLike '*wrong.bmp'
        $first.OriginalSource | Should -BeLike "*$($red[1].Name)"
        $first.Label, $first.OriginalLabel, $first.Difference, $first.IsLeak, $first.IsConflict | Should -Be 'green', 'red', 0, $true, $true
    }

    It 'draws a duplicate beside the first one like it' {
        $file = "$TestDrive/pairs.png"
        (Measure-Dataset $folder -Tolerance 1 -Top 2)[0].Duplicates | Export-Figure $file
        (Get-Item $file).Length | Should -BeGreaterThan 500
    }

    It 'draws its pairs where a figure is asked for' {
        $train = (Measure-Dataset $folder -Tolerance 1 -Top 2)[0]
        $train | Export-Figure "$TestDrive/split.png"
        (Get-Item "$TestDrive/split.png").Length | Should -BeGreaterThan 500
        ($train | Show-Image -PassThru).Pictures | Should -HaveCount 4
        (Get-OnlyError { Measure-Dataset $folder -Tolerance 0 | Select-Object -First 1 | Export-Figure "$TestDrive/none.png" }).FullyQualifiedErrorId |
            Should -BeLike 'Setting.Invalid*'
    }

    It 'keeps as many duplicates as asked for and counts all' {
        $train = (Measure-Dataset $folder -Tolerance 1 -Top 2)[0]
        $train.Duplicates | Should -HaveCount 2
        $train.Repeated | Should -Be ($train.Images - 1) # all images are the first one
    }

    It 'refuses a tolerance beyond 1' {
        { Measure-Dataset $folder -Tolerance 2 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Measure-Dataset nowhere -ErrorAction Stop } | Should -Throw
    }
}
