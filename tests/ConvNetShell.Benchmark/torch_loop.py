# The CIFAR10 network in PyTorch, as a peer: torch_loop.py BATCH [channels_last]; prints images a second. A batch of 0 only imports.
import sys, time, torch
from torch import nn
batch = int(sys.argv[1])
if batch == 0:
    sys.exit(0)
layout = torch.channels_last if 'channels_last' in sys.argv else torch.contiguous_format
net = nn.Sequential(
    nn.Conv2d(3, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 20, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(20, 20, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(320, 10)).to(memory_format=layout)
optimizer = torch.optim.SGD(net.parameters(), 0.02, momentum=0.9, weight_decay=5e-4, nesterov=True)
pixels = torch.randint(0, 256, (12800, 3, 32, 32), dtype=torch.uint8)
labels = torch.randint(0, 10, (12800,))

def epoch():
    order, seen = torch.randperm(12800), 0
    while seen + batch <= 12800:
        chosen = order[seen:seen + batch]
        images = pixels[chosen].float().div_(255).sub_(0.5).div_(0.25).to(memory_format=layout)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(images), labels[chosen])
        loss.backward()
        optimizer.step()
        loss.item()
        seen += batch
    return seen

epoch()
start = time.perf_counter()
done = epoch() + epoch()
print(done / (time.perf_counter() - start))
