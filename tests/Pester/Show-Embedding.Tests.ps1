BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
}

Describe 'Show-Embedding' {
    It 'returns a map for each method' {
        $maps = Show-Embedding $run -PassThru
        $maps.Method | Should -Be PCA, t-SNE
        $maps[0].Points | Should -HaveCount 12
        $maps[0].Points.Group | Select-Object -Unique | Sort-Object | Should -Be blue, green, red
        $maps[0].Variance | Should -HaveCount 2
        ($maps | Out-String -Width 100) | Should -Match 'Points'
    }

    It 'shows text where the output is taken' {
        $text = Show-Embedding $run -Method PCA -Split Train -Count 20 -By { $_.Class[0] } | Out-String
        $text | Should -Match 'PCA'
    }

    It 'is drawn' {
        $file = Join-Path $TestDrive map.png
        Show-Embedding $run -Method TSNE -PassThru | Export-Figure $file
        (Get-Item $file).Length | Should -BeGreaterThan 5000
    }

    It 'needs four images' {
        Assert-OnlyError { Show-Embedding $run (Import-Dataset (New-TinyData -Test 1)) } Setting.Invalid 'Count must be 4 embeddings or more'
    }
}
