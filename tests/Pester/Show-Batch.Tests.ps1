BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Show-Batch' {
    It 'shows what training gets to see' {
        (Show-Batch $images -Count 3 6>&1) -join "`n" | Should -BeLike '*a training batch*'
        (Show-Batch $images -Count 4 -PassThru 6> $null).Pictures | Should -HaveCount 4
    }

    It 'shows one image as augmentation changes it' {
        (Show-Batch ($images | Add-Augmentation -Shift 2) -SameImage -Index 3 -Count 5 -PassThru 6> $null).Pictures | Should -HaveCount 5
    }

    It 'is the same for the same seed' {
        $names = { param($seed) "$((Show-Batch $images -Count 6 -Seed $seed -PassThru 6> $null).Pictures)" }
        & $names 1 | Should -BeExactly (& $names 1)
        & $names 1 | Should -Not -BeExactly (& $names 2)
    }

    It 'refuses an image that is not there' {
        Assert-OnlyError { Show-Batch $images -Index 999 } Setting.Invalid 'Received: 999'
    }
}
