BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $results = foreach ($rate in 0.001, 0.01, 0.1) {
        foreach ($optimizer in 'SGD', 'Adam') {
            [pscustomobject]@{ Rate = $rate; Optimizer = $optimizer; Accuracy = 0.5 + $rate; Settings = @{ Filters = 16 }; Empty = $null }
        }
    }
}

Describe 'Show-Chart' {
    It 'draws a line a group, in the order of X' {
        $chart = $results | Sort-Object Rate -Descending | Show-Chart Rate Accuracy -By Optimizer -LogX -Title Rates -PassThru

        $chart.Title | Should -Be 'Rates'
        $panel = $chart.Panels[0]
        $panel.LogarithmicX, $panel.XTitle, $panel.YTitle | Should -Be $true, 'Rate', 'Accuracy'
        $panel.Series.Name | Sort-Object | Should -Be 'Adam', 'SGD'
        $panel.Series[0].X | Should -Be 0.001, 0.01, 0.1
        $panel.Series[0].Y | Should -Be 0.501, 0.51, 0.6
        $panel.Series[0].Kind | Should -Be 'Line'
    }

    It 'draws text as bars, the mean of each' {
        $panel = ($results | Show-Chart Optimizer Accuracy -PassThru).Panels[0]
        $panel.Categories | Should -Be 'SGD', 'Adam'
        $panel.Series[0].Y | ForEach-Object { [math]::Round($_, 4) } | Should -Be 0.537, 0.537
    }

    It 'counts numbers where there is no Y' {
        $panel = (1..100 | ForEach-Object { [pscustomobject]@{ N = $_ } } | Show-Chart N -Bins 4 -PassThru).Panels[0]
        $panel.Series[0].Y | Should -Be 25, 25, 25, 25
        $panel.Categories | Should -Be '1', '25.75', '50.5', '75.25'
    }

    It 'draws boxes: <Kind>' -ForEach @{ Kind = 'Box' }, @{ Kind = 'Scatter' } {
        $values = 1..9 + 100 | ForEach-Object { [pscustomobject]@{ Name = 'a'; Value = $_ } }
        $panel = ($values | Show-Chart Name Value -Kind $Kind -PassThru).Panels[0]
        if ($Kind -eq 'Box') {
            $panel.Series[0].Y[0..1] | Should -Be 3.25, 7.75      # the quartiles, as NumPy has them
            $panel.Series[1].Y | Should -Be 100                   # beyond the whiskers
        }
        else { $panel.Series[0].Y | Should -Be (1..9 + 100) }
    }

    It 'draws a heat map of means, and leaves gaps' {
        $panel = ($results + [pscustomobject]@{ Rate = 1; Optimizer = 'SGD'; Accuracy = 2 } | Show-Chart Rate Optimizer -Z Accuracy -PassThru).Panels[0]
        $panel.Categories | Should -Be '0.001', '0.01', '0.1', '1'
        $panel.Levels | Should -Be 'SGD', 'Adam'
        $panel.Field.Rows[0][3] | Should -Be 2
        [double]::IsNaN($panel.Field.Rows[1][3]) | Should -BeTrue
        $panel.Field.High | Should -Be 2
    }

    It 'reads properties of properties and keys of tables, text that is a number, and several Y' {
        ($results | Show-Chart Settings.Filters Accuracy -PassThru).Panels[0].Series[0].X | Select-Object -Unique | Should -Be 16
        $text = '{"a":"1.5","b":"2"}' | ConvertFrom-Json
        (, $text | Show-Chart a b -PassThru).Panels[0].Series[0].X | Should -Be 1.5
        ($results | Show-Chart Rate Accuracy, Rate -By Optimizer -PassThru).Panels[0].Series.Name | Should -Be 'Accuracy, SGD', 'Accuracy, Adam', 'Rate, SGD', 'Rate, Adam'
    }

    It 'becomes a file and text: <_>' -ForEach 'Line', 'Scatter', 'Bar', 'Histogram', 'Box', 'HeatMap' {
        $kind = $_
        $more = switch ($kind) {
            'Histogram' { @{ X = 'Accuracy' } }
            'HeatMap' { @{ X = 'Rate'; Y = 'Optimizer'; Z = 'Accuracy' } }
            default { @{ X = 'Rate'; Y = 'Accuracy'; By = 'Optimizer' } }
        }
        $chart = $results | Show-Chart -Kind $kind @more -PassThru
        foreach ($form in 'png', 'svg', 'html', 'json') {
            $chart | Export-Figure "$TestDrive/x.$form"
            (Get-Item "$TestDrive/x.$form").Length | Should -BeGreaterThan 500
        }
        $lines = ($results | Show-Chart -Kind $kind @more | Out-String).TrimEnd() -split [Environment]::NewLine
        $lines.Count | Should -BeGreaterThan 2
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessThan 200
    }

    It 'warns of values that it cannot draw' {
        $null = @($results) + [pscustomobject]@{ Rate = 1; Accuracy = 'none' } | Show-Chart Rate Accuracy -PassThru -WarningVariable warned 3> $null
        "$warned" | Should -Be '1 of 7 values are no numbers that the chart can show.'
    }

    It 'refuses what it cannot draw: <Line>' -ForEach @(
        @{ Line = '$results | Show-Chart Rates Accuracy'; Id = 'Property.NotFound'; Text = "Received: 'Rates'" }
        @{ Line = '$results | Show-Chart Rate Settings.Nope'; Id = 'Property.NotFound'; Text = "Received: 'Settings.Nope'" }
        @{ Line = '$results | Show-Chart Rate Optimizer'; Id = 'Setting.Invalid'; Text = "Optimizer has none. Received: '6 objects'" }
        @{ Line = '$results | Show-Chart Rate Empty'; Id = 'Setting.Invalid'; Text = 'Empty has none' }
        @{ Line = '1..3 | Show-Chart Rate'; Id = 'Setting.Invalid'; Text = 'Int32 has none' }
        @{ Line = '@() | Show-Chart Rate'; Id = 'Setting.Invalid'; Text = 'at least one object' }
        @{ Line = '$results | Show-Chart Rate -Kind Line'; Id = 'Setting.Invalid'; Text = 'Line draws it' }
        @{ Line = '$results | Show-Chart Rate Accuracy -Kind HeatMap'; Id = 'Setting.Invalid'; Text = "Received: 'no -Z'" }
        @{ Line = '$results | Show-Chart Rate Accuracy -Kind Histogram'; Id = 'Setting.Invalid'; Text = 'Histogram counts -X' }
    ) {
        Assert-OnlyError ([scriptblock]::Create("$Line -PassThru")) $Id $Text ($Id -like '*.NotFound' ? 'ObjectNotFound' : 'InvalidArgument')
    }
}
