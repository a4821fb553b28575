BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Show-Slider without a notebook' {
    It 'runs the script once, with the first value, and says so' {
        $shown = Show-Slider -Minimum 2 -Maximum 15 { param($i) "at $i"; $i.GetType().Name } -WarningVariable warned -WarningAction SilentlyContinue

        $shown | Should -Be 'at 2', 'Int32'
        $warned | Should -BeLike 'There is no notebook*runs once, with 2.'
    }

    It 'gives fractions where one of the values is a fraction' {
        Show-Slider -Maximum 1 -Step 0.1 -Value 0.5 { param($t) $t.GetType().Name; $t } -WarningAction SilentlyContinue | Should -Be 'Double', 0.5
        Show-Slider -Maximum 1 -Value 0.5 { param($t) $t } -WarningAction SilentlyContinue | Should -Be 0.5
    }

    It 'names what is wrong with the range: <Words>' -ForEach @(
        @{ Words = '-Maximum must be more than -Minimum'; Range = @{ Minimum = 5; Maximum = 5 } }
        @{ Words = '-Step must be above 0'; Range = @{ Step = 0 } }
        @{ Words = '-Value must be from -Minimum to -Maximum'; Range = @{ Value = 101 } }
    ) {
        $problem = Get-OnlyError { Show-Slider @Range { 1 } }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Slider.BadRange,*'
        $problem.Exception.Message | Should -BeLike "$Words*Received:*"
    }
}

Describe 'Show-Slider in a notebook that nobody watches' {
    It 'stores the first output' {
        $cell = @{ cell_type = 'code'; execution_count = $null; id = 'a'; metadata = @{}; outputs = @(); source = 'Show-Slider -Maximum 3 { param($i) "at $i" }' }
        @{ cells = @($cell); metadata = @{}; nbformat = 4; nbformat_minor = 5 } | ConvertTo-Json -Depth 9 | Set-Content "$TestDrive/a.ipynb"

        Invoke-Notebook "$TestDrive/a.ipynb" -OutputPath "$TestDrive/b.ipynb"

        $outputs = (Get-Content -Raw "$TestDrive/b.ipynb" | ConvertFrom-Json).cells[0].outputs
        $outputs.Count | Should -Be 1
        $outputs[0].data.'text/plain' | Should -Be 'at 0'
    }
}
