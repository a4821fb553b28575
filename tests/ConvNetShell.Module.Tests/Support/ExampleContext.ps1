# The files and variables that the examples of the help use, small enough for an example to take about a second. Runs in an empty folder.
$ErrorActionPreference = 'Stop'
$PSDefaultParameterValues['Export-*:Force'] = $true # the examples write the files that others read
$PSDefaultParameterValues['Start-Training:Threads'] = 1 # the machine's cores are shared
$WarningPreference = 'SilentlyContinue'
$folder = (Get-Location).Path
$env:CONVNETSHELL_DATA = "$folder/data"
$env:JUPYTER_DATA_DIR = "$folder/jupyter"

# CIFAR10, FashionMNIST and photos: generated pictures of other names.
$null = Save-Dataset (Split-Dataset Shapes -PerClass 4) -Path ./generated
$from = (Get-ChildItem generated/train -Directory | Sort-Object Name).FullName
function Copy-Picture([string] $Path, [string[]] $Class, [string[]] $Split, [int] $Count) {
    for ($index = 0; $index -lt $Class.Count; $index++) {
        foreach ($part in $Split) {
            $to = New-Item -ItemType Directory -Force -Path "$Path/$part/$($Class[$index])"
            Get-ChildItem $from[$index] | Select-Object -First $Count | Copy-Item -Destination $to
        }
    }
}
Copy-Picture data/CIFAR10 'airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck' 'train', 'test' 4
foreach ($name in 'cat', 'dog') { $null = New-Item -ItemType Directory -Force photos/$name; Copy-Item data/CIFAR10/train/$name/* photos/$name }
Copy-Picture million 'cat', 'dog' 'train', 'test' 4
$null = Save-Dataset (Import-Dataset CIFAR10 -Resize 1,28,28) -Path data/FashionMNIST -Format Idx
Copy-Item (Get-ChildItem photos/cat)[0] cat.png
Copy-Item cat.png photos/cat.png
Copy-Item cat.png photos/dog.jpg
Copy-Item cat.png photo.png
$null = New-Item -ItemType Directory album
Copy-Item cat.png album/1.png
Set-Content album/captions.txt 'image,caption', '1.png,a cat'
Copy-Item cat.png face.png
$null = Save-Dataset (Import-Dataset CIFAR10 -Resize 3,5,5) -Path ./small
Copy-Item (Get-ChildItem small/train/cat)[0] waldo.png
$null = Save-Dataset (Split-Dataset Shapes -PerClass 1) -Path ./shapes

# Networks and runs: of few images, so they know nothing.
$null = New-Item -ItemType Directory -Force notebooks, reports
$data = $images = $d = Import-Dataset CIFAR10
$net = New-Network CIFAR10 -Seed 1
$gray = New-Network -Spec 'conv3x3x4 relu fc10' -InputShape 1,28,28
$quick = @{ Epochs = 1; BatchSize = 8 }
$run = $net | Start-Training CIFAR10 @quick -CheckpointPath ./run1
$a, $b = foreach ($seed in 1, 2) { New-Network CIFAR10 -Seed $seed | Start-Training CIFAR10 @quick }
$other = $b
foreach ($name in 'baseline', 'wider') { $null = $net | Start-Training CIFAR10 @quick -RunPath ./runs -Name $name }
$null = $net | Start-Training CIFAR10 @quick -RunPath ./runs -Name CIFAR10-3
$img = Select-Sample CIFAR10 -Count 1

# Files.
$null = $run | Export-Network cifar.cnsh
$null = Export-Network model.onnx $net
$null = Export-Network weights.safetensors $net
Set-Content demo.js "layer_defs.push({type:'input', out_sx:24, out_sy:24, out_depth:1}); layer_defs.push({type:'softmax', num_classes:10});"
Set-Content results.csv 'rate,accuracy,seed,optimizer', '0.01,0.5,1,SGD', '0.02,0.6,1,Adam', '0.01,0.4,2,SGD', '0.02,0.7,2,Adam'
Set-Content grid.csv 'Network,Epochs,MaxSteps', 'CIFAR10,1,2', 'CIFAR10,1,3'
$results = foreach ($rate in 0.01, 0.02) {
    foreach ($optimizer in 'SGD', 'Adam') { [pscustomobject]@{ Rate = $rate; Optimizer = $optimizer; Filters = 8; Accuracy = 0.5 + $rate } }
}
$cell = '{ "cell_type": "code", "metadata": {}, "execution_count": null, "outputs": [], "source": "1 + 1" }'
$parameters = '{ "cell_type": "code", "metadata": { "tags": ["parameters"] }, "execution_count": null, "outputs": [], "source": "$Epochs = 2" }'
foreach ($name in 'lecture', 'first-network', 'notebooks/first') {
    Set-Content "$name.ipynb" "{ `"cells`": [$parameters, $cell], `"metadata`": {}, `"nbformat`": 4, `"nbformat_minor`": 5 }"
}
$crowd = New-CrowdPicture
