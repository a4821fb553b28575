BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Measure-Calibration' {
    It 'compares confidence with accuracy in bins' {
        $calibration = Measure-Calibration $run -Bins 5
        $calibration.Count | Should -Be 12
        $calibration.Accuracy | Should -Be 1
        $calibration.Bins | Should -HaveCount 5
        ($calibration.Bins | Measure-Object Count -Sum).Sum | Should -Be 12
        $calibration.Ece | Should -BeLessThan 0.2
    }

    It 'takes a run by pipe and another split' {
        ($run | Measure-Calibration -Split Train).Count | Should -Be 36
    }

    It 'refuses a split that is not there' {
        Assert-OnlyError { Measure-Calibration $run -Split Validation } Setting.Invalid '-Split must be one that'
    }
}
