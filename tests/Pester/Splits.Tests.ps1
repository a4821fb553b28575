# The split that cmdlets take: the one named, else Test, and where the dataset has none Validation, else Train.

BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $withSplit = Get-Command -Module ConvNetShell -CommandType Cmdlet | Where-Object { $_.Parameters.ContainsKey('Split') } | ForEach-Object Name
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $trainOnly = Import-Dataset (New-TinyData -Test 0)
    $withValidation = $trainOnly | Split-Dataset -Validation 0.25
    $withTest = Import-Dataset (New-TinyData)
    $network = New-TinyNetwork
}

Describe 'A dataset without a Test split' {
    It '<Line> takes Train where there is nothing else, else Validation, and Test before both' -ForEach @(
        @{ Line = 'Measure-Accuracy $network $data' }
        @{ Line = 'Get-ConfusionMatrix $network $data' }
        @{ Line = 'Measure-Calibration $network $data' }
        @{ Line = 'Select-Sample $data' }
    ) {
        foreach ($case in @{ Data = $trainOnly; Split = 'Train' }, @{ Data = $withValidation; Split = 'Validation' }, @{ Data = $withTest; Split = 'Test' }) {
            $data = $case.Data
            (& ([scriptblock]::Create($Line)) 3> $null).Split | Should -BeExactly $case.Split
        }
    }

    It 'is an error where Test is named' {
        Assert-OnlyError { Measure-Accuracy $network $trainOnly -Split Test } Setting.Invalid "-Split must be one that *has: Train. Received: 'Test'".Replace('*', "$($trainOnly.Name) ")
    }
}

Describe '-Split' {
    It 'of <_> is one of three names, completed, and need not be given' -ForEach $withSplit {
        $parameter = (Get-Command $_).Parameters['Split']
        $parameter.ParameterType.ToString() | Should -BeLike '*SplitKind*'
        $parameter.Attributes.Mandatory | Should -Not -Contain $true
        (Complete "$_ -Split ").CompletionText | Should -BeExactly 'Test', 'Train', 'Validation'
    }
}
