# Assertions for networks. They work in Pester 6, in Pester 5, and in a script without Pester.

# The network of what a user pipes: a network, a run, a preset's name or a file of Export-Network.
function Resolve-Network($Value) {
    if ($Value -is [ConvNetShell.Core.Networks.Network]) { return $Value }
    if ($Value -is [ConvNetShell.Core.Training.Runs.TrainingRun]) { return $Value.Network }
    if ($Value -is [string] -and (Test-Path -LiteralPath $Value -PathType Leaf)) { return Import-Network $Value -ErrorAction Stop }
    if ($Value -is [string]) { return New-Network -Preset $Value -ErrorAction Stop }
    $received = if ($null -eq $Value) { 'nothing' } else { $Value.GetType().Name }
    throw [System.ArgumentException]::new("Expected a network, a run, a preset's name or a file of Export-Network. Received: $received.")
}

# Fails the test: by Pester's own path where Pester 6 is loaded, else by the error that Pester 5 counts as a failed assertion.
function Write-Failure([System.Management.Automation.PSCmdlet] $Caller, $Actual, [string] $Because, [string] $What, [string] $But, [string] $Expected, [string] $Received) {
    $reason = if ($Because) { ", because $($Because -replace '^because '), " } else { ', ' }
    $text = "Expected $What${reason}but $But.`nExpected: $Expected`nReceived: $Received"
    if (Get-Command New-ShouldAssertion -ErrorAction Ignore) {
        $assertion = New-ShouldAssertion -Caller $Caller -Actual $Actual -Buffer @(, $Actual) -As None
        $assertion.Fail($text)
        return
    }
    throw [System.Management.Automation.ErrorRecord]::new([System.Exception]::new($text), 'PesterAssertionFailed', 'InvalidResult', $Actual)
}

# An assertion about nothing would always pass.
function Assert-Any([System.Management.Automation.PSCmdlet] $Caller, [int] $Count) {
    if ($Count -eq 0) { Write-Failure $Caller $null '' 'a network' 'none came through the pipe' 'at least one network' 'nothing' }
}

function Format-Number($Value, [string] $Format) { $Value.ToString($Format, [cultureinfo]::InvariantCulture) }

function Assert-NetworkParameterCount {
    <#
    .SYNOPSIS
    Fails unless a network has exactly this count of parameters.
    .DESCRIPTION
    A preset or a spec whose count changes has changed its architecture: files of weights and published figures no longer fit. The failure
    lists the parameters of each layer.
    .PARAMETER Expected
    The count of parameters, biases included.
    .PARAMETER Actual
    A network, a run, a preset's name or a file of Export-Network.
    .PARAMETER Because
    The reason, for the failure's text. Default: none.
    .EXAMPLE
    'LeNet5' | Should-HaveParameterCount 61706
    .INPUTS
    Networks, runs, presets' names and files.
    .OUTPUTS
    None. A failed assertion is an error.
    #>
    [CmdletBinding()]
    [Alias('Should-HaveParameterCount')]
    param(
        [Parameter(Mandatory, Position = 0)] [long] $Expected,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [AllowNull()] $Actual,
        [string] $Because)
    begin { $count = 0 }
    process {
        $count++
        $network = Resolve-Network $Actual
        if ($network.ParameterCount -eq $Expected) { return }
        $parts = foreach ($layer in $network.Layers | Where-Object ParameterCount) { "$($layer.Name) $($layer.ParameterCount)" }
        Write-Failure $PSCmdlet $Actual $Because "'$($network.Name)' to have $Expected parameters" "it has $($network.ParameterCount)" `
            $Expected "$($network.ParameterCount) = $(if ($parts) { $parts -join ' + ' } else { 'no layer with parameters' })"
    }
    end { Assert-Any $PSCmdlet $count }
}

function Assert-NetworkLearning {
    <#
    .SYNOPSIS
    Fails unless a short training lowers a network's loss.
    .DESCRIPTION
    Trains a copy of the network and compares the training loss of the last epoch with that of the first. A few images that it can learn by
    heart and some epochs show most mistakes: frozen layers, a wrong loss, labels that do not fit. A training that ends early, as one that
    diverges, fails.
    .PARAMETER Dataset
    The images to learn: a dataset, a known name or a path.
    .PARAMETER Actual
    A network, a run, a preset's name or a file of Export-Network.
    .PARAMETER Epochs
    How long to train, at least 2. Default: 5.
    .PARAMETER LossFraction
    The last epoch's loss must be at most this fraction of the first epoch's. Default: 0.5.
    .PARAMETER Seed
    The seed of the training. Default: 0.
    .PARAMETER Setting
    More settings of Start-Training, as @{ LearningRate = 0.01 }. Default: none.
    .PARAMETER Because
    The reason, for the failure's text. Default: none.
    .EXAMPLE
    $net | Should-Learn (Import-Dataset Shapes | Split-Dataset -PerClass 5) -Epochs 10
    .INPUTS
    Networks, runs, presets' names and files.
    .OUTPUTS
    None. A failed assertion is an error.
    #>
    [CmdletBinding()]
    [Alias('Should-Learn')]
    param(
        [Parameter(Mandatory, Position = 0)] $Dataset,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [AllowNull()] $Actual,
        [ValidateRange(2, 100000)] [int] $Epochs = 5,
        [ValidateRange(0.0, 1.0)] [double] $LossFraction = 0.5,
        [int] $Seed = 0,
        [System.Collections.IDictionary] $Setting = @{},
        [string] $Because)
    begin { $count = 0 }
    process {
        $count++
        $network = Resolve-Network $Actual
        $run = $network | Start-Training -Dataset $Dataset -Epochs $Epochs -Seed $Seed -ErrorAction Stop @Setting
        $losses = @($run.History.TrainLoss)
        $limit = $LossFraction * $losses[0]
        if ("$($run.Status)" -eq 'Completed' -and $losses[-1] -le $limit) { return }
        Write-Failure $PSCmdlet $Actual $Because "'$($network.Name)' to learn in $Epochs epochs" 'it did not' `
            "a training loss of at most $(Format-Number $limit '0.###'), $(Format-Number $LossFraction '0.###') of the first epoch's" `
            "$(($losses | ForEach-Object { Format-Number $_ '0.###' }) -join ', ') ($($run.Status), seed $Seed)"
    }
    end { Assert-Any $PSCmdlet $count }
}

function Assert-NetworkAccuracy {
    <#
    .SYNOPSIS
    Fails unless a network reaches an accuracy, after trainings with several seeds if you like.
    .DESCRIPTION
    Without -Seeds the network or run is measured as it is, as Measure-Accuracy does. With -Seeds N, N networks of the same layers start
    from new weights with the seeds 1 to N and are trained and measured; each of them must reach the accuracy. The failure names all of them.
    .PARAMETER Accuracy
    The least accuracy, a fraction from 0 to 1.
    .PARAMETER Actual
    A network, a run, a preset's name or a file of Export-Network.
    .PARAMETER Dataset
    The images: a dataset, a known name or a path. Default: the run's own.
    .PARAMETER Seeds
    How many trainings. Default: none; the network is measured as it is.
    .PARAMETER Epochs
    How long each training is. Default: 10.
    .PARAMETER Setting
    More settings of Start-Training, as @{ LearningRate = 0.01 }. Default: none.
    .PARAMETER Because
    The reason, for the failure's text. Default: none.
    .EXAMPLE
    New-Network CIFAR10 | Should-ReachAccuracy 0.7 -Seeds 3 -Dataset Shapes -Epochs 5
    .EXAMPLE
    Get-TrainingRun -Last | Should-ReachAccuracy 0.9
    .INPUTS
    Networks, runs, presets' names and files.
    .OUTPUTS
    None. A failed assertion is an error.
    #>
    [CmdletBinding()]
    [Alias('Should-ReachAccuracy')]
    param(
        [Parameter(Mandatory, Position = 0)] [ValidateRange(0.0, 1.0)] [double] $Accuracy,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [AllowNull()] $Actual,
        $Dataset,
        [ValidateRange(1, 1000)] [int] $Seeds,
        [ValidateRange(1, 100000)] [int] $Epochs = 10,
        [System.Collections.IDictionary] $Setting = @{},
        [string] $Because)
    begin { $count = 0 }
    process {
        $count++
        $network = Resolve-Network $Actual
        $data = if ($Dataset) { @{ Dataset = $Dataset } } else { @{} }
        $results = if (-not $Seeds) {
            $measured = if ($Actual -is [string]) { $network } else { $Actual }
            @{ Name = ''; Value = ($measured | Measure-Accuracy -ErrorAction Stop @data).Top1 }
        }
        else {
            foreach ($seed in 1..$Seeds) {
                $fresh = [ConvNetShell.Core.Networks.Network]::Create($network.Plan, $seed, 'Auto', $network.Name, $network.Preset)
                $run = $fresh | Start-Training -Epochs $Epochs -Seed $seed -ErrorAction Stop @data @Setting
                @{ Name = " (seed $seed)"; Value = ($run | Measure-Accuracy -ErrorAction Stop @data).Top1 }
            }
        }
        $low = @($results | Where-Object { -not ($_.Value -ge $Accuracy) })
        if ($low.Count -eq 0) { return }
        $least = Format-Number (100 * $Accuracy) '0.##'
        Write-Failure $PSCmdlet $Actual $Because "'$($network.Name)' to reach an accuracy of $least %$(if ($Seeds) { " with each of $Seeds seeds" })" `
            $(if ($Seeds) { "$($low.Count) of $Seeds did not" } else { 'it did not' }) "at least $least %" `
            (($results | ForEach-Object { "$(Format-Number (100 * $_.Value) '0.##') %$($_.Name)" }) -join ', ')
    }
    end { Assert-Any $PSCmdlet $count }
}

function Assert-NetworkMatch {
    <#
    .SYNOPSIS
    Fails unless two networks have the same layers, and the same weights if you like.
    .DESCRIPTION
    Compares the shape of the input and each layer: its name, its output's shape, its parameters and its spec. With -Tolerance the weights
    and stored statistics must be equal, too. The failure names the first layer or weight that differs.
    .PARAMETER Expected
    The network to compare with: a network, a run, a preset's name or a file of Export-Network.
    .PARAMETER Actual
    A network, a run, a preset's name or a file of Export-Network.
    .PARAMETER Tolerance
    How much a weight may differ; 0 compares exactly. Default: weights are not compared.
    .PARAMETER Because
    The reason, for the failure's text. Default: none.
    .EXAMPLE
    Import-Network model.cnsh | Should-MatchNetwork $run -Tolerance 0
    .INPUTS
    Networks, runs, presets' names and files.
    .OUTPUTS
    None. A failed assertion is an error.
    #>
    [CmdletBinding()]
    [Alias('Should-MatchNetwork')]
    param(
        [Parameter(Mandatory, Position = 0)] $Expected,
        [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [AllowNull()] $Actual,
        [ValidateRange(0.0, 1e30)] [double] $Tolerance,
        [string] $Because)
    begin { $count = 0 }
    process {
        $count++
        $network = Resolve-Network $Actual
        $other = Resolve-Network $Expected
        $lines = foreach ($item in $other, $network) {
            , @("input $($item.InputShape)"; foreach ($layer in $item.Layers) { "$($layer.Name) -> $($layer.Output), $($layer.ParameterCount) parameters, $($layer.Spec)" })
        }
        for ($index = 0; $index -lt [Math]::Max($lines[0].Count, $lines[1].Count); $index++) {
            $both = foreach ($list in $lines) { if ($index -lt $list.Count) { $list[$index] } else { 'no further layer' } }
            if ($both[0] -cne $both[1]) {
                $what = if ($index) { "layer $index" } else { 'the input' }
                Write-Failure $PSCmdlet $Actual $Because "'$($network.Name)' to match '$($other.Name)'" "$what differs" $both[0] $both[1]
                return
            }
        }
        if (-not $PSBoundParameters.ContainsKey('Tolerance')) { return }
        $differences = [ConvNetShell.Core.Understanding.Comparison.WeightComparer]::Compare($other, $network)
        $worst = $differences.GetEnumerator() | Where-Object { -not ($_.Value -le $Tolerance) } | Select-Object -First 1
        if ($worst) {
            Write-Failure $PSCmdlet $Actual $Because "'$($network.Name)' to have the weights of '$($other.Name)'" "$($worst.Key) differs" `
                "a difference of at most $(Format-Number $Tolerance 'g4')" (Format-Number $worst.Value 'g4')
        }
    }
    end { Assert-Any $PSCmdlet $count }
}
