BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Show-Embedding' {
    It 'returns a map, or a chart of several' {
        (Show-Embedding $run -PassThru).Panels.Title | Should -Be PCA, t-SNE
        $map = Show-Embedding $run -Method PCA -PassThru
        $map.Points | Should -HaveCount 12
        $map.Points.Group | Select-Object -Unique | Sort-Object | Should -Be blue, green, red
        $map.Variance | Should -HaveCount 2
        ($map | Out-String -Width 100) | Should -Match 'Points'
    }

    It 'shows text where the output is taken' {
        $text = Show-Embedding $run -Method PCA -Split Train -Count 20 -By { $_.Class[0] } | Out-String
        $text | Should -Match 'PCA'
    }

    It 'is drawn' {
        $file = Join-Path $TestDrive map.png
        Show-Embedding $run -PassThru | Export-Figure $file
        (Get-Item $file).Length | Should -BeGreaterThan 5000
    }

    It 'needs four images' {
        Assert-OnlyError { Show-Embedding $run (Import-Dataset (New-TinyData -Test 1)) } Setting.Invalid 'Count must be 4 embeddings or more'
    }
}
