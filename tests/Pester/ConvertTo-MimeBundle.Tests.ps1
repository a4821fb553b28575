BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
}

Describe 'ConvertTo-MimeBundle' {
    It 'has the forms that a notebook shows' {
        ($run | ConvertTo-MimeBundle).Data.Keys | Sort-Object | Should -BeExactly 'application/vnd.plotly.v1+json', 'image/png', 'text/html', 'text/plain'
        ($run | ConvertTo-MimeBundle -AllForms).Data.Keys | Sort-Object | Should -BeExactly 'application/vnd.plotly.v1+json', 'image/png', 'image/svg+xml', 'text/html', 'text/plain'
    }

    It 'makes one bundle of pictures that belong together' {
        $bundle = Get-Filter $run conv1 | ConvertTo-MimeBundle
        $bundle | Should -HaveCount 1
        $bundle.Data.Keys | Sort-Object | Should -BeExactly 'image/png', 'text/plain'
    }

    It 'has nothing for what cannot be drawn' {
        1, 'a', $null, (Get-Date) | ConvertTo-MimeBundle | Should -BeNullOrEmpty
    }

    It 'passes on what cannot be drawn' {
        $items = @($run, 'a', $run.History[0], $run) | ConvertTo-MimeBundle -PassThru
        $items | ForEach-Object { $_.GetType().Name } | Should -BeExactly 'MimeBundle', 'String', 'EpochRecord', 'MimeBundle'
    }

    It 'has the script that pages need once' {
        (ConvertTo-MimeBundle -PageScript).Data['text/html'].StartsWith('<script>') | Should -BeTrue
    }
}
