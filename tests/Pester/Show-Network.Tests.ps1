BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
}

Describe 'Show-Network' {
    It 'shows each layer' {
        (Show-Network $run 6>&1) -join "`n" | Should -BeLike '*conv1*'
        (New-Network LeNet5 | Show-Network -PassThru 6> $null).Layers | Should -HaveCount (New-Network LeNet5).Layers.Count
    }

    It 'shows what becomes of an image, with the prediction' {
        $picture = Show-Network $run -Image (Select-Sample $images) -PassThru 6> $null
        $picture.Predictions | Should -Not -BeNullOrEmpty
        $picture.Source | Should -Not -BeNullOrEmpty
    }

    It 'shows weights' {
        Show-Network LeNet5 -Weights -PassThru 6> $null | Should -Not -BeNullOrEmpty
    }

    It 'names an image that is not there' {
        (Get-OnlyError { Show-Network $run -Image nosuch.png }).FullyQualifiedErrorId | Should -BeLike 'File.NotFound,*'
    }
}
