BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $names = Get-Command -Module ConvNetShell | ForEach-Object { $_.Parameters.Values.ParameterType; $_.OutputType | ForEach-Object Type } | Where-Object { $_ } | ForEach-Object {
        while ($_.HasElementType) { $_ = $_.GetElementType() }
        if ($_.IsGenericType) { $_.GetGenericArguments() } else { $_ }
    } | Where-Object FullName -like 'ConvNetShell.*' | ForEach-Object FullName | Sort-Object -Unique
}

Describe 'Types in scripts' {
    BeforeAll { . "$PSScriptRoot/Common.ps1" }
    It '[<_>] can be named' -ForEach $names { ($_ -as [type]).FullName | Should -Be $_ }

    It 'in a function''s parameter, and after -is' {
        function Get-Name([ConvNetShell.Core.Networks.Network] $Network) { $Network.Name }
        $net = New-Network MLP
        Get-Name $net | Should -Be MLP
        $net -is [ConvNetShell.Core.Networks.Network] | Should -BeTrue
        $net -is [ConvNetShell.Core.Training.Runs.TrainingRun] | Should -BeFalse
    }

    It 'without the folder within an area' {
        $run = New-TinyRun (New-TinyData)
        $run -is [ConvNetShell.Core.Training.TrainingRun] | Should -BeTrue
        function Get-Name([ConvNetShell.Core.Training.TrainingRun] $Run) { $Run.Name }
        Get-Name $run | Should -Be $run.Name
        $run.History[0] -is [ConvNetShell.Display.EpochRecord] | Should -BeTrue
        [ConvNetShell.Display.EpochRecord] | Should -Be ([ConvNetShell.Display.Records.Training.EpochRecord])
    }

    It 'text becomes <Type>' -ForEach @(
        @{ Type = 'ConvNetShell.Cmdlets.Parameters.Sources.DatasetSource'; Text = 'CIFAR10'; Expected = 'CIFAR10' }
        @{ Type = 'ConvNetShell.Cmdlets.Parameters.Sources.NetworkSource'; Text = 'MLP'; Expected = 'MLP' }
    ) { "$($Text -as ($Type -as [type]))" | Should -Be $Expected }

    It 'a name that is no preset is an error that lists them' {
        { [ConvNetShell.Cmdlets.Parameters.Sources.NetworkSource]'LeNet' } | Should -Throw '*did you mean LeNet5*'
    }

    It 'a proxy of <_> is a function that PowerShell reads' -ForEach @(Get-Command -Module ConvNetShell | ForEach-Object Name) {
        $text = [System.Management.Automation.ProxyCommand]::Create([System.Management.Automation.CommandMetadata]::new((Get-Command $_ -CommandType Cmdlet)))
        ${function:global:Invoke-ProxyOfTest} = $text
        try { @((Get-Command Invoke-ProxyOfTest).Parameters.get_Keys()).Count | Should -BeGreaterThan 0 } finally { Remove-Item function:Invoke-ProxyOfTest }
    }
}
