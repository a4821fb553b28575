# What the prompt shows of each kind of result, read at 80 columns as a terminal has them.

BeforeDiscovery {
    # Script, and the headings that must be whole. A list has its labels instead.
    $views = @(
        @{ Name = 'layers'; Script = '(New-ConvLayer 8 3), (New-PoolLayer), (New-DropoutLayer)'; Headings = 'Kind', 'Name', 'Layer' }
        @{ Name = 'a network'; Script = 'New-Network CIFAR10'; Headings = 'Name', 'Input', 'Output', 'Layers', 'Parameters', 'MACs', 'Spec' }
        @{ Name = 'the layers of a network'; Script = '(New-Network AlexNet).Layers'; Headings = '#', 'Name', 'Input', 'Output', 'Parameters', 'MACs', 'Layer' }
        @{ Name = 'a summary'; Script = 'Get-NetworkSummary CIFAR10'; Headings = '#', 'Name', 'Type', 'Output', 'Kernel', 'Pad', 'Params', 'MACs', 'Fraction', 'Field' }
        @{ Name = 'a large summary'; Script = 'Get-NetworkSummary AlexNet'; Headings = 'Params', 'MACs', 'Fraction', 'Field' }
        @{ Name = 'a summary with blocks'; Script = 'Get-NetworkSummary ResNet20'; Headings = 'Params', 'MACs', 'Fraction', 'Field' }
        @{ Name = 'the totals of a summary'; Script = '(Get-NetworkSummary CIFAR10)[0].Summary'; Headings = 'Network', 'Layers', 'Parameters', 'MACs' }
        @{ Name = 'issues'; Script = "Test-Network -Spec 'conv9x9x4p0 fc3' -InputShape 3,8,8"; Headings = 'Error Layer.KernelTooLarge in conv1', 'Use a smaller window' }
        @{ Name = 'presets'; Script = 'Get-NetworkPreset'; Headings = 'Name', 'Parameters', 'Input', 'Dataset', 'Spec' }
        @{ Name = 'devices'; Script = 'Get-ComputeDevice'; Headings = 'Name', 'Type', 'Default', 'Description' }
        @{ Name = 'receptive fields'; Script = 'Get-ReceptiveField AlexNet'; Headings = 'Layer', 'Output', 'Size', 'Jump', 'Start' }
        @{ Name = 'parameter sharing'; Script = 'Compare-Sharing AlexNet'; Headings = 'Layer', 'Output', 'Params', 'Unshared', 'Dense', 'Ratio', 'MACs', 'DenseMACs', 'MACRatio' }
        @{ Name = 'timings'; Script = 'Measure-Network (New-TinyNetwork) -BatchSize 4 -Rounds 1'; Headings = 'Name', 'Output', 'Time', 'Img/s', 'GFlops', 'Peak', 'MB' }
        @{ Name = 'known datasets'; Script = 'Get-Dataset'; Headings = 'Name', 'Ready', 'Shape', 'Classes', 'Train', 'Test', 'MB', 'Location' }
        @{ Name = 'a dataset'; Script = '$data'; Headings = 'Name', 'Shape', 'Classes', 'Train', 'Validation', 'Test', 'Source' }
        @{ Name = 'a measured dataset'; Script = 'Measure-Dataset $data'; Headings = 'Split', 'Images', 'Classes', 'Fewest', 'Most', 'Mean', 'StdDev', 'Repeated', 'Leaked', 'OtherLabel' }
        @{ Name = 'duplicates'; Script = '(Measure-Dataset $data -Tolerance 1).Duplicates'; Headings = 'Label', 'Original', 'Difference', 'Leak', 'Source' }
        @{ Name = 'a split'; Script = '$data.Train'; Headings = 'Name', 'Shape', 'Count' }
        @{ Name = 'samples'; Script = 'Select-Sample $data -Count 2'; Headings = 'Dataset', 'Split', 'Index', 'Class', 'Size' }
        @{ Name = 'a run'; Script = '$run'; Headings = 'Network', 'Dataset', 'Status', 'Epochs', 'Best', 'Train', 'Valid', 'Time', 'Seed' }
        @{ Name = 'runs'; Script = '$run, $run'; Headings = 'Network', 'Dataset', 'Status', 'Epochs', 'Best', 'Train', 'Valid', 'Time', 'Seed' }
        @{ Name = 'a run as a list'; Script = '$run | Format-List'; Headings = 'Status', 'Images/s', 'Settings', 'Checkpoint' }
        @{ Name = 'a history'; Script = '$run.History'; Headings = 'Epoch', 'TrainLoss', 'TrainAcc', 'ValidLoss', 'ValidAcc', 'LearnRate', 'Images/s', 'Elapsed' }
        @{ Name = 'the handles of a run'; Script = '$run.Control'; Headings = 'LearningRate', 'BatchSize', 'Paused' }
        @{ Name = 'a plan'; Script = 'New-TinyNetwork | Start-Training $data -DryRun'; Headings = 'Network', 'Settings', 'First loss', 'Issues' }
        @{ Name = 'an accuracy'; Script = 'Measure-Accuracy $run'; Headings = 'Network', 'Dataset', 'Split', 'Images', 'Top1', '95 % interval', 'Top3', 'Loss' }
        @{ Name = 'an accuracy as a list'; Script = 'Measure-Accuracy $run | Format-List'; Headings = 'Top1', 'Top5', 'F1', 'Balanced accuracy', 'Matthews, kappa', 'PerClass' }
        @{ Name = 'accuracies by class'; Script = '(Measure-Accuracy $run).PerClass'; Headings = 'Class', 'Precision', 'Recall', '95 % interval', 'F1', 'Support' }
        @{ Name = 'predictions'; Script = 'Select-Sample $data -Count 2 | Get-Prediction $run'; Headings = 'Rank', 'Class', 'Probability', 'Label', 'Loss', 'Source' }
        @{ Name = 'a confusion matrix'; Script = 'Get-ConfusionMatrix $weak'; Headings = 'Network', 'Dataset', 'Split', 'Images', 'Accuracy', 'Most confused' }
        @{ Name = 'confused classes'; Script = '(Get-ConfusionMatrix $weak).MostConfused'; Headings = 'Class', 'Taken for', 'Count', 'Fraction' }
        @{ Name = 'a calibration'; Script = 'Measure-Calibration $run'; Headings = 'Expected error', 'Brier score', 'Bins' }
        @{ Name = 'bins'; Script = '(Measure-Calibration $run).Bins'; Headings = 'Probability', 'Count', 'Confidence', 'Accuracy', 'Gap' }
        @{ Name = 'accuracies of groups'; Script = 'Measure-Accuracy $run -By Class'; Headings = 'By', 'Groups', 'Gap' }
        @{ Name = 'a verification'; Script = 'Test-Verification $run'; Headings = 'Pairs', 'AUC', 'Equal error rate', 'Threshold' }
        @{ Name = 'errors of groups'; Script = '(Test-Verification $run -By Class).Groups'; Headings = 'Group', 'Classes', 'False accepts', 'False rejects' }
        @{ Name = 'an identification'; Script = 'Find-Match $run -PerClass 1'; Headings = 'Gallery', 'Probes', 'Rank 1', 'Rank 5' }
        @{ Name = 'matches'; Script = '(Find-Match $run -PerClass 1).Matches'; Headings = 'Class', 'Match', 'Similarity', 'Rank', 'Probe' }
        @{ Name = 'embeddings'; Script = 'Get-Embedding $run'; Headings = 'Source', 'Class', 'Numbers', 'Vector' }
        @{ Name = 'captions'; Script = 'Get-Caption $told'; Headings = 'Source', 'Right', 'LogProb', 'Text' }
        @{ Name = 'measured captions'; Script = 'Measure-Caption $told'; Headings = 'Network', 'Data', 'network, all', 'nearest, seen' }
        @{ Name = 'scores of captions'; Script = '(Measure-Caption $told).Scores'; Headings = 'Method', 'Group', 'Count', 'Facts', 'Exact', 'BLEU4', 'CIDEr' }
        @{ Name = 'highlights'; Script = 'Get-Highlight $seen 1'; Headings = 'Rank', 'Match', 'Start', 'End', 'Score', 'Picture', 'Sound', 'Right' }
        @{ Name = 'a timeline'; Script = '(Get-Highlight $seen 1)[0].Timeline'; Headings = 'Network', 'Match', 'Windows', 'Chosen' }
        @{ Name = 'windows of a timeline'; Script = '(Get-Highlight $seen 1)[0].Timeline.Windows'; Headings = 'Start', 'End', 'Score', 'Picture', 'Sound', 'Highlight', 'Chosen' }
        @{ Name = 'measured highlights'; Script = 'Measure-Highlight $seen'; Headings = 'Network', 'Stream', 'AvgPrec', 'Floor', 'Loudness', 'Top', 'Recall', 'Home', 'Away' }
        @{ Name = 'groups of highlights'; Script = '(Measure-Highlight $seen).Groups'; Headings = 'By', 'Name', 'Count', 'Found', 'Recall' }
        @{ Name = 'a comparison'; Script = 'Compare-Network $run $weak'; Headings = 'Only first', 'Difference', 'Verdict' }
        @{ Name = 'filters'; Script = 'Get-Filter $run conv1'; Headings = 'Layer', 'Index', 'Shape', 'Min', 'Max', 'Mean', 'Norm', 'Bias' }
        @{ Name = 'feature maps'; Script = 'Get-FeatureMap $run conv1 (Select-Sample $data)'; Headings = 'Layer', 'Channel', 'Shape', 'Min', 'Max', 'Mean', 'Zero', 'Source' }
        @{ Name = 'measured layers'; Script = 'Measure-Layer $run'; Headings = 'Layer', 'Output', 'Mean', 'StdDev', 'Max', 'Zero', 'Dead', 'Sat', 'Weight', 'Grad', 'Update' }
        @{ Name = 'saliency'; Script = 'Select-Sample $data | Get-Saliency $run'; Headings = 'Method', 'Class', 'Prob', 'Label', 'Peak', 'Max', 'Source' }
        @{ Name = 'patches'; Script = 'Get-MaximalPatch $run conv1 -Unit 0'; Headings = 'Layer', 'Unit', 'Rank', 'Activation', 'At', 'Size', 'Class', 'Source' }
        @{ Name = 'a convolution'; Script = 'Invoke-Convolution ((1,2,3),(4,5,6),(7,8,9)) ((1,0),(0,1))'; Headings = 'Operation', 'Formula', 'Output' }
        @{ Name = 'steps of a convolution'; Script = 'Trace-Convolution ((1,2,3),(4,5,6),(7,8,9)) ((1,0),(0,1))'; Headings = 'Step', 'Kernel', 'Position', 'From', 'Calculation' }
        @{ Name = 'activation'; Script = 'Invoke-Activation 1, 2 Softmax'; Headings = 'Input', 'Output', 'Slope', 'Loss' }
        @{ Name = 'pooling'; Script = 'Invoke-Pooling ((1,2),(3,4)) -Size 2'; Headings = 'Window', 'Formula', 'Winners' }
        @{ Name = 'steps of a pooling'; Script = 'Trace-Pooling ((1,2),(3,4)) -Size 2'; Headings = 'Step', 'Channel', 'Position', 'From', 'Winner', 'Calculation' }
        @{ Name = 'a descent'; Script = 'Trace-Descent Bowl -Steps 2'; Headings = 'Optimizer', 'Step', 'X', 'Y', 'Loss', 'SlopeX', 'SlopeY' }
        @{ Name = 'terms of a gradient'; Script = '(Select-Sample $data | Trace-Gradient $run conv1).Terms'; Headings = 'At', 'From', 'Input', 'Gradient', 'Product', 'Source' }
        @{ Name = 'a shift'; Script = 'Compare-Shift ((1,2),(3,4)) -Right 1'; Headings = 'Input', 'Shift', 'Changed' }
        @{ Name = 'a convolution''s size'; Script = 'Measure-ConvOutput 32 5 -Stride 2'; Headings = 'Input', 'Kernel', 'Output', 'Dropped', 'Formula' }
        @{ Name = 'a grid'; Script = 'Show-Batch $data -Count 3 -PassThru'; Headings = 'Pictures', 'Title', 'Note' }
        @{ Name = 'a history''s chart'; Script = 'Show-History $run -PassThru'; Headings = 'Title', 'Runs', 'Epochs', 'Best' }
        @{ Name = 'a panel'; Script = 'Show-Network $run -Weights -PassThru'; Headings = 'Network', 'Layers', 'Predictions' }
        @{ Name = 'a bundle'; Script = '$run | ConvertTo-MimeBundle'; Headings = 'Forms', 'Text' }
    )
    $numbers = @(
        @{ Method = 'Short'; Value = 0.0161; Text = '0.0161' }
        @{ Method = 'Short'; Value = 1.8e-7; Text = '1.8e-07' }
        @{ Method = 'Short'; Value = 100; Text = '100' }
        @{ Method = 'Brief'; Value = 129.4; Text = '129' }
        @{ Method = 'Short'; Value = 0; Text = '0' }
        @{ Method = 'Short'; Value = -0.25; Text = '-0.25' }
        @{ Method = 'Short'; Value = [double]::NaN; Text = '-' }
        @{ Method = 'Number'; Value = -0.543178; Text = '-0.5432' }
        @{ Method = 'Percent'; Value = 0.7164; Text = '71.6 %' }
        @{ Method = 'Percent'; Value = $null; Text = '-' }
        @{ Method = 'Count'; Value = 22466; Text = '22,466' }
        @{ Method = 'Operations'; Value = 1228800; Text = '1.23 M' }
        @{ Method = 'Operations'; Value = 3200; Text = '3,200' }
        @{ Method = 'Bytes'; Value = 412e6; Text = '412 MB' }
        @{ Method = 'Duration'; Value = [timespan]::FromSeconds(0.25); Text = '250 ms' }
        @{ Method = 'Duration'; Value = [timespan]::FromSeconds(245); Text = '4:05 min' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $WarningPreference = 'SilentlyContinue'
    $ProgressPreference = 'SilentlyContinue'
    $data = Import-Dataset (New-TinyData)
    $run = New-TinyRun $data
    $weak = New-TinyNetwork 'conv3x3x2 relu pool2 fc3' -Seed 3 | Start-Training $data -Epochs 1 -BatchSize 12 -LearningRate 1e-7 -Seed 2
    $told = New-Network -Spec 'conv3x3x4s4 relu caption8w32t14-att' -InputShape 3,32,32 |
        Start-Training (Import-Dataset Scenes | Split-Dataset -PerClass 30) -Loss Caption -Epochs 1 -Seed 1
    $matches2 = Import-Dataset Matches | Split-Dataset -PerClass 30
    $seen = New-Network -Spec 'concat(picture24 avgpool8 fc4 relu | sound16 avgpool16 fc4 relu) fc2 softmax' -InputShape 1,8,40,32 |
        Start-Training $matches2 -Epochs 1 -Seed 1
    $escape = [string][char]27

    function Get-Lines {
        param($Value, [int] $Width = 80)
        @((($Value | Out-String -Width $Width) -replace "$escape\[[0-9;]*m").TrimEnd() -split '\r?\n')
    }

    # The types that cmdlets name as their output, and the types of ours in their properties.
    function Get-ResultType {
        param([switch] $Reachable)
        $waiting = [System.Collections.Generic.Queue[type]]::new()
        $seen = [System.Collections.Generic.HashSet[type]]::new()
        (Get-Command -Module ConvNetShell -CommandType Cmdlet).OutputType.Type | Where-Object { $_ -and $_.Namespace -like 'ConvNetShell.*' } | ForEach-Object { $waiting.Enqueue($_) }
        while ($waiting.Count) {
            $type = $waiting.Dequeue()
            if (-not $seen.Add($type) -or -not $Reachable) { continue }
            foreach ($property in $type.GetProperties()) {
                $inner = $property.PropertyType
                foreach ($candidate in @($inner; $inner.GetElementType(); $inner.GetGenericArguments())) {
                    if ($candidate -and $candidate.Namespace -like 'ConvNetShell.*' -and $candidate.IsClass) { $waiting.Enqueue($candidate) }
                }
            }
        }
        $seen
    }
}

Describe 'Views' {
    It 'has one for every type that a cmdlet puts out, also when it comes from a job or a file' {
        $missing = foreach ($type in Get-ResultType | Where-Object IsInterface -EQ $false) {
            $names = for ($base = $type; $base -and $base -ne [object]; $base = $base.BaseType) { $base.FullName }
            foreach ($prefix in '', 'Deserialized.') {
                if (-not ($names | Where-Object { Get-FormatData -TypeName "$prefix$_" -PowerShellVersion $PSVersionTable.PSVersion })) { "$prefix$($type.FullName)" }
            }
        }
        $missing | Should -BeNullOrEmpty
    }

    It 'fits <Name> into 80 columns, and shows as much at 120' -ForEach $views {
        $value = . ([scriptblock]::Create($Script))
        $lines = Get-Lines $value
        $lines | Where-Object Length -GT 80 | Should -BeNullOrEmpty
        $text = $lines -join "`n"
        $rule = [array]::FindIndex([string[]]$lines, [Predicate[string]] { param($line) $line -match '^[ -]*--[ -]*$|^ *-( -+)+' })
        if ($rule -gt 0) {
            $lines[$rule - 1].Contains([char]0x2026) | Should -BeFalse
            $lines[$rule].Length | Should -BeLessOrEqual 80
            $place = 0
            foreach ($heading in $Headings) {
                $place = " $($lines[$rule - 1]) ".IndexOf(" $heading ", $place)
                $place | Should -BeGreaterOrEqual 0 -Because "'$heading' was expected in '$($lines[$rule - 1])'"
            }
        } else {
            foreach ($heading in $Headings) { $text | Should -BeLike "*$heading*" }
        }
        $text | Should -Not -MatchExactly '\dE[+-]\d|#ERR'
        $text.Contains($escape) | Should -BeFalse

        $wide = Get-Lines $value 120
        $wide | Where-Object Length -GT 120 | Should -BeNullOrEmpty
        foreach ($heading in $Headings) { ($wide -join "`n").Contains($heading) | Should -BeTrue }
    }

    It 'writes <Value> by <Method> as <Text>' -ForEach $numbers {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'en-US'
            [ConvNetShell.Display.Text.ViewCell]::$Method($Value) | Should -BeExactly $Text
        } finally { [cultureinfo]::CurrentCulture = $before }
    }

    It 'follows the culture of the session and stays aligned' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $lines = Get-Lines $run.History
        } finally { [cultureinfo]::CurrentCulture = $before }
        $lines -match '\d,\d{3} ' | Should -Not -BeNullOrEmpty
        $end = $lines[[array]::FindIndex([string[]]$lines, [Predicate[string]] { param($line) $line -match '^-' }) - 1].IndexOf('TrainAcc') + 'TrainAcc'.Length
        $lines | Where-Object { $_ -match '^\s+\d' } | ForEach-Object { $_[$end - 1] | Should -Be '%' }
    }

    It 'shows no fraction of the peak above 1' {
        $rows = Measure-Network (New-TinyNetwork 'conv3x3x16 relu pool2 fc64 relu fc3') -BatchSize 32 -Rounds 2
        ($rows.PeakFraction | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 1
        ($rows.PeakFraction | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 0
    }
}

Describe 'Results' {
    It 'are read, not set' {
        $accuracy = Measure-Accuracy $run
        $before = $accuracy.Top1
        { $accuracy.Top1 = 0.5 } | Should -Throw '*read-only*'
        $accuracy.Top1 | Should -Be $before
        ($accuracy | Get-Member -MemberType Property).Definition -match 'set;' | Should -BeNullOrEmpty
        $results = @($run.History; $accuracy.PerClass; Get-Filter $run conv1; Get-NetworkSummary LeNet5; Get-Dataset; Get-NetworkPreset; Get-ComputeDevice; Select-Sample $data; Measure-Layer $run)
        $results | Get-Member -MemberType Property | Where-Object Definition -Match 'set;' | Should -BeNullOrEmpty
    }

    It 'have no property that PowerShell would set, in any record of ConvNetShell.Display' {
        $list = [ConvNetShell.Loader.ModuleLoadContext]::Beside('ConvNetShell.Cmdlets').GetType('ConvNetShell.Cmdlets.Session.ReadOnlyTypes')
        $known = $list.GetProperty('FullNames').GetValue($null)
        $settable = Get-ResultType -Reachable | Where-Object { $_.Namespace -like 'ConvNetShell.Display.*' -and $_.FullName -notin $known -and -not $_.IsAbstract } |
            ForEach-Object { $type = $_; $type.GetProperties() | Where-Object { $_.GetSetMethod() } | ForEach-Object { "$($type.FullName).$($_.Name)" } }
        $settable | Should -BeNullOrEmpty
    }

    It 'are still read-only after the module was imported again' {
        $manifest = (Get-Module ConvNetShell).Path -replace 'module[\\/]ConvNetShell\.psm1$', 'ConvNetShell.psd1'
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$([WildcardPattern]::Escape($manifest))'; Import-Module '$([WildcardPattern]::Escape($manifest))' -Force; (Get-NetworkSummary LeNet5)[0]").AddCommand('Get-Member').AddParameter('Name', 'Name')
            $shell.Invoke().Definition | Should -Not -Match 'set;'
        } finally { $shell.Dispose() }
    }

    It 'have lists that can be indexed' {
        $step = Trace-Convolution ((1, 2, 3), (4, 5, 6), (7, 8, 9)) ((1, 0), (0, 1)) | Select-Object -First 1
        $step.Products[0] | Should -Be 1
        $step.Products[-1] | Should -Be 5
        $step.Products[0, 3] | Should -Be 1, 5
        $results = @($step; Select-Sample $data | Get-Saliency $run; Show-Batch $data -Count 3 -PassThru; Show-History $run -PassThru
            (Show-History $run -PassThru).ToChart().Panels; Measure-Dataset $data -Tolerance 1; Measure-Accuracy $run; Get-NetworkSummary LeNet5
            Select-Sample $data | Trace-Activation $run fc1)
        $checked = foreach ($result in $results) {
            foreach ($property in $result.PSObject.Properties) {
                $list = $property.Value
                if ($list -isnot [System.Collections.IList] -or $list.Count -eq 0) { continue }
                $first = $list.GetEnumerator() | Select-Object -First 1
                , $list[0] | Should -Be $first -Because "$($result.GetType().Name).$($property.Name) has it first"
                $property.Name
            }
        }
        $checked | Should -Contain 'Pictures'
        $checked | Should -Contain 'Duplicates'
        $checked | Should -Contain 'Peak'
    }

    It 'keep their methods, their text and their equality' {
        $layer = (Get-NetworkSummary CIFAR10)[0]
        "$layer" | Should -BeLike 'conv1 (Conv 5x5) -> 16x32x32*'
        $layer.name | Should -Be 'conv1'
        ($layer | Select-Object Name, Type).Type | Should -Be 'Conv'
        $layer.Equals($layer) | Should -BeTrue
    }
}

Describe 'Figures as text' {
    It 'go into a file, a string, another cmdlet, and from within a function' {
        Show-History $run > "$TestDrive/a.txt"
        Show-History $run | Set-Content "$TestDrive/b.txt"
        $string = Show-History $run | Out-String
        function Show-All { Show-History $run; Get-Filter $run conv1 | Show-Image }
        Show-All > "$TestDrive/c.txt"
        foreach ($text in (Get-Content "$TestDrive/a.txt" -Raw), (Get-Content "$TestDrive/b.txt" -Raw), $string, (Get-Content "$TestDrive/c.txt" -Raw)) {
            $text | Should -BeLike '*loss*'
            $text.Contains($escape) | Should -BeFalse
        }
        Get-Content "$TestDrive/c.txt" -Raw | Should -BeLike '*conv1: 4 pictures*'
    }

    It 'come from <_>' -ForEach '$run | Show-History', 'Show-Network $run', 'Show-Batch $data -Count 2', 'Select-Sample $data | Show-Image', 'Measure-Layer $run | Show-Figure' {
        & ([scriptblock]::Create("$_ > '$TestDrive/figure.txt'"))
        (Get-Content "$TestDrive/figure.txt" -Raw).Trim().Length | Should -BeGreaterThan 10
        (& ([scriptblock]::Create("$_ | Out-String"))).Trim().Length | Should -BeGreaterThan 10
    }

    It 'do not get into a variable, which gets objects with -PassThru' {
        $none = Show-Batch $data -Count 2 6>$null
        $none | Should -BeNullOrEmpty
        (Show-Batch $data -Count 2 -PassThru).Pictures.Count | Should -Be 2
    }

    It 'have no escape sequences where the user wants plain text' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $shown = (Show-History $run 6>&1 | ForEach-Object { "$_" }) -join "`n"
            $shown += (Show-Batch $data -Count 2 6>&1 | ForEach-Object { "$_" }) -join "`n"
            $shown.Contains($escape) | Should -BeFalse
        } finally { $PSStyle.OutputRendering = $before }
    }
}
