BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # Writes a notebook with these code cells; the first has the tag "parameters".
    function New-Notebook([string] $Path, [string[]] $Cell) {
        $number = 0
        $cells = foreach ($source in $Cell) {
            @{
                cell_type = 'code'; execution_count = $null; id = "cell-$number"; outputs = @(); source = $source
                metadata = $(if ($number++ -eq 0) { @{ tags = @('parameters') } } else { @{} })
            }
        }
        @{ cells = @($cells); metadata = @{ kernelspec = @{ name = 'convnetshell'; display_name = 'ConvNetShell'; language = 'powershell' } }; nbformat = 4; nbformat_minor = 5 } |
            ConvertTo-Json -Depth 6 | Set-Content -LiteralPath $Path
        $Path
    }

    function Get-Output([string] $Path, [int] $Cell) { @((Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json).cells[$Cell].outputs) }
    function Get-Text([string] $Path, [int] $Cell) { (@((Get-Output $Path $Cell)[0].data.'text/plain') -join '').Trim() }
}

Describe 'Invoke-Notebook' {
    It 'runs a notebook in its folder and stores what it put out' {
        $path = New-Notebook "$TestDrive/a.ipynb" '$n = 2', "Write-Host 'text'; '<b>x</b>' | Out-Display -Html; `$n * 21", '(Get-Location).Path; (New-Network -Preset LeNet5).ParameterCount'
        $result = Invoke-Notebook $path -OutputPath "$TestDrive/out/a.ipynb"
        $result.Cells | Should -Be 3
        (Get-Output "$TestDrive/out/a.ipynb" 1).output_type | Should -BeExactly 'stream', 'display_data', 'execute_result'
        @(Get-Output "$TestDrive/out/a.ipynb" 1)[2].data.'text/plain' | Should -Be '42'
        Get-Text "$TestDrive/out/a.ipynb" 2 | Should -BeLikeExactly '*61706'
        Get-Output $path 1 | Should -BeNullOrEmpty
    }

    It 'sets parameters behind their cell' {
        $path = New-Notebook "$TestDrive/p.ipynb" '$Epochs = 5; $Names = @()', '"$Epochs $($Names -join ''+'') $($Table.a)"'
        $null = Invoke-Notebook $path -Parameter @{ Epochs = 1; Names = "it's", 'b'; Table = @{ a = 1.5 } } -OutputPath "$TestDrive/p1.ipynb"
        Get-Text "$TestDrive/p1.ipynb" 2 | Should -BeExactly "1 it's+b 1.5"
    }

    It 'hands values over with their type' {
        $path = New-Notebook "$TestDrive/t.ipynb" '$a = $b = $c = $d = $e = $null', '($a, $b, $c, $d, $e | ForEach-Object { "$($_.GetType().Name) $_" }) -join '';'''
        $null = Invoke-Notebook $path -Parameter @{ a = 2.0; b = [double]::NaN; c = [float]::NaN; d = 5L; e = 1.50d } -OutputPath "$TestDrive/t1.ipynb"
        Get-Text "$TestDrive/t1.ipynb" 2 | Should -BeExactly 'Double 2;Double NaN;Single NaN;Int64 5;Decimal 1.50'
    }

    It 'warns of a value that the notebook does not ask for' {
        $path = New-Notebook "$TestDrive/w.ipynb" '$Epochs = 5', '$Epochs'
        $null = Invoke-Notebook $path -Parameter @{ Epcohs = 1 } -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*does not set Epcohs*Epochs*'
        $null = Invoke-Notebook $path -Parameter @{ epochs = 1 } -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -BeNullOrEmpty
        (Get-Content -LiteralPath $path -Raw) -replace '"parameters"', '"other"' | Set-Content -LiteralPath "$TestDrive/w2.ipynb"
        $null = Invoke-Notebook "$TestDrive/w2.ipynb" -Parameter @{ Epochs = 1 } -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*no cell with the tag "parameters"*'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a notebook in another language'; From = '"powershell"'; To = '"python"'; Text = '*language must be PowerShell*python*' }
        @{ Name = 'a source that is a number'; From = '"source": "1"'; To = '"source": 1'; Text = '*source of cell 1*' }
        @{ Name = 'a cell of an unknown kind'; From = '"cell_type": "code"'; To = '"cell_type": [1]'; Text = '*cell_type of cell 1*' }
        @{ Name = 'tags that are no list'; From = '"parameters"'; To = '{"a":1}'; Text = '*tags of cell 1*' }
        @{ Name = 'a minor version that is a text'; From = '"nbformat_minor": 5'; To = '"nbformat_minor": "x"'; Text = '*nbformat_minor*' }
    ) {
        $path = New-Notebook "$TestDrive/r.ipynb" '1'
        $json = (Get-Content -LiteralPath $path -Raw) -replace '(\s)\s+', '$1'
        $json.Contains($From) | Should -BeTrue
        $json.Replace($From, $To) | Set-Content -LiteralPath $path
        { Invoke-Notebook $path -ErrorAction Stop } | Should -Throw -ErrorId 'Notebook.NotRead,*' -ExpectedMessage $Text
    }

    It 'ends where a cell calls exit' {
        $path = New-Notebook "$TestDrive/e.ipynb" '1', 'exit', '3'
        (Invoke-Notebook $path -OutputPath "$TestDrive/e1.ipynb").Cells | Should -Be 2
        Get-Output "$TestDrive/e1.ipynb" 2 | Should -BeNullOrEmpty
    }

    It 'names the cell that fails, and stores what was done' {
        $path = New-Notebook "$TestDrive/f.ipynb" '1', "throw 'on purpose'", '3'
        $record = Get-OnlyError { Invoke-Notebook $path -OutputPath "$TestDrive/f1.ipynb" }
        $record.FullyQualifiedErrorId | Should -BeLikeExactly 'Notebook.CellFailed*'
        $record.CategoryInfo.Category | Should -Be 'InvalidResult'
        "$record" | Should -BeLike '*Cell 2 of f.ipynb failed*'
        Get-Output "$TestDrive/f1.ipynb" 0 | Should -HaveCount 1
        Get-Output "$TestDrive/f1.ipynb" 2 | Should -BeNullOrEmpty
    }

    It 'leaves the session of the caller as it was' {
        $path = New-Notebook "$TestDrive/s.ipynb" '$global:leak = 1; Set-Location /'
        $before = "$(Get-Location)"
        $null = Invoke-Notebook $path -OutputPath "$TestDrive/s1.ipynb"
        Test-Path variable:global:leak | Should -BeFalse
        "$(Get-Location)" | Should -BeExactly $before
    }

    It 'runs nothing under -WhatIf' {
        $path = New-Notebook "$TestDrive/w.ipynb" "throw 'run'"
        Invoke-Notebook $path -WhatIf | Should -BeNullOrEmpty
    }

    It 'refuses what is no notebook: <_>' -ForEach 'not json', '[]', '{"nbformat":3,"worksheets":[]}', '{"nbformat":4,"cells":[1]}' {
        Set-Content "$TestDrive/no.ipynb" $_
        "$(Get-OnlyError { Invoke-Notebook "$TestDrive/no.ipynb" })" | Should -BeLike '*A notebook is JSON of nbformat 4*'
    }

    It 'refuses a notebook that is not there' {
        "$(Get-OnlyError { Invoke-Notebook "$TestDrive/missing.ipynb" })" | Should -BeLike '*Expected an existing notebook file*'
    }

    It 'refuses parameters that cannot be written' {
        $path = New-Notebook "$TestDrive/q.ipynb" '1'
        foreach ($parameter in @{ 'a b' = 1 }, @{ a = [System.Text.StringBuilder]::new() }) {
            (Get-OnlyError { Invoke-Notebook $path -Parameter $parameter }).FullyQualifiedErrorId | Should -BeLike 'Notebook.BadParameter,*'
        }
    }

    It 'runs several notebooks, by wildcard, list and pipe' {
        $null = New-Item "$TestDrive/many" -ItemType Directory
        $paths = 'a', 'b', '[c]' | ForEach-Object { New-Notebook "$TestDrive/many/$_.ipynb" "'$_'" }
        (Invoke-Notebook "$TestDrive/many/*.ipynb").Count | Should -Be 3
        (Invoke-Notebook $paths).Notebook | Should -Be $paths
        (Get-ChildItem -LiteralPath "$TestDrive/many" | Invoke-Notebook).Count | Should -Be 3
        $record = Get-OnlyError { Invoke-Notebook $paths -OutputPath "$TestDrive/one.ipynb" }
        $record.FullyQualifiedErrorId | Should -BeLike 'Notebook.BadParameter,*'
        (Get-OnlyError { Invoke-Notebook "$TestDrive/many/z*.ipynb" }).FullyQualifiedErrorId | Should -BeLike 'Notebook.NotRead,*'
    }

    It 'tests each cell and compares its output with the stored one' {
        $path = New-Notebook "$TestDrive/test.ipynb" '$Rate = 1.0', '"value: $Rate"', '[pscustomobject]@{ A = $Rate; B = 1234567 }', 'Get-Date', 'Write-Host "same $($Rate -gt 5)"'
        $null = Invoke-Notebook $path -OutputPath $path
        (Invoke-Notebook $path -AsTest).Status | Should -Be (@('Passed') * 5)
        $all = Get-Content -LiteralPath $path -Raw | ConvertFrom-Json
        $all.cells[3].metadata = @{ tags = @('ignore-output') }
        $all | ConvertTo-Json -Depth 20 | Set-Content -LiteralPath $path
        (Invoke-Notebook $path -AsTest -Tolerance 0.05 -Parameter @{ Rate = 1.04 }).Status | Should -Be (@('Passed') * 6)
        $tests = Invoke-Notebook $path -AsTest -Tolerance 0.05 -Parameter @{ Rate = 1.2 } -ErrorVariable failed -ErrorAction SilentlyContinue
        $tests.Status | Should -Be 'Passed', 'Passed', 'Changed', 'Changed', 'Passed', 'Passed'
        $tests[2].Message | Should -Be 'expected 1 as word 2. Received: 1.2'
        $failed.FullyQualifiedErrorId | Should -BeLike 'Notebook.CellFailed,*'
        $tests = Invoke-Notebook $path -AsTest -Tolerance 0.9 -Parameter @{ Rate = 6 } -ErrorAction SilentlyContinue
        $tests[5].Message | Should -BeLike '*False*Received: True'
    }

    It 'writes the results of failing notebooks as JUnit reads them' {
        $bad = New-Notebook "$TestDrive/bad.ipynb" '1', 'throw "on <purpose>"', '3'
        $good = New-Notebook "$TestDrive/good.ipynb" '1'
        $tests = Invoke-Notebook $bad, $good -AsTest -JUnitPath "$TestDrive/report.xml" -ErrorAction SilentlyContinue
        $tests.Status | Should -Be 'Passed', 'Failed', 'NotRun', 'Passed'
        $suites = ([xml] (Get-Content -LiteralPath "$TestDrive/report.xml" -Raw)).testsuites.testsuite
        $suites.name | Should -Be 'bad.ipynb', 'good.ipynb'
        $suites[0].failures, $suites[0].skipped, $suites[1].failures | Should -Be '1', '1', '0'
        $suites[0].testcase[1].failure.InnerText | Should -BeLike '*on <purpose>*'
    }

    It 'runs notebooks side by side, each with its own output' -Tag Slow {
        $paths = 1..3 | ForEach-Object { New-Notebook "$TestDrive/side$_.ipynb" "`$id = $_", '1..5 | ForEach-Object { [Console]::WriteLine("line $id"); Start-Sleep -Milliseconds 300 }', '(New-Network LeNet5).ParameterCount + $id' }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $tests = Invoke-Notebook $paths -AsTest -ThrottleLimit 3
        $tests.Status | Should -Be (@('Passed') * 9)
        $tests[1, 4, 7].Elapsed.TotalSeconds | ForEach-Object { $_ } | Should -BeGreaterThan 1.4
        $watch.Elapsed | Should -BeLessThan (($tests.Elapsed | Measure-Object TotalSeconds -Sum).Sum * [timespan]::FromSeconds(1))
        foreach ($path in $paths) { $null = Invoke-Notebook $path -OutputPath $path }
        ($paths | Invoke-Notebook -AsTest -Tolerance 0 -ThrottleLimit 2).Status | Should -Be (@('Passed') * 9)
        @(Get-Output $paths[1] 1)[0].text -join '' | Should -Be ("line 2`n" * 5)
    }

    It 'ends all when one fails' {
        $bad = New-Notebook "$TestDrive/bad2.ipynb" 'throw 1'
        $long = New-Notebook "$TestDrive/long.ipynb" 'Start-Sleep 60'
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        { Invoke-Notebook $bad, $long -ThrottleLimit 2 } | Should -Throw 'Cell 1 of bad2.ipynb failed*'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 40
    }
}
