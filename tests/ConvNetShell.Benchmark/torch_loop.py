# A network in PyTorch, as a peer: torch_loop.py BATCH CODE IMAGES SHAPE CLASSES [channels_last] [bfloat16]; prints images a second. CODE is a file
# that makes `model`, SHAPE the input as 3x32x32. A batch of 0 only imports.
import os, sys, time, torch
from torch import nn
torch.set_num_threads(len(os.sched_getaffinity(0)))  # Debian's build takes one otherwise
batch = int(sys.argv[1])
if batch == 0:
    sys.exit(0)
images, shape, classes, options = int(sys.argv[3]), [int(size) for size in sys.argv[4].split('x')], int(sys.argv[5]), sys.argv[6:]
scope = {}
exec(open(sys.argv[2]).read(), scope)
layers = list(scope['model'].children())
if isinstance(layers[-1], nn.Softmax):  # the loss has it
    layers.pop()
last = {3: torch.channels_last, 4: torch.channels_last_3d}
layout = last[len(shape)] if 'channels_last' in options else torch.contiguous_format
net = nn.Sequential(*layers).to(memory_format=layout)
optimizer = torch.optim.SGD(net.parameters(), 0.02, momentum=0.9, weight_decay=5e-4, nesterov=True)
pixels = torch.randint(0, 256, (images, *shape), dtype=torch.uint8)
labels = torch.randint(0, classes, (images,))

def epoch():
    order, seen = torch.randperm(images), 0
    while seen + batch <= images:
        chosen = order[seen:seen + batch]
        inputs = pixels[chosen].float().div_(255).sub_(0.5).div_(0.25).to(memory_format=layout)
        optimizer.zero_grad()
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled='bfloat16' in options):
            loss = nn.functional.cross_entropy(net(inputs), labels[chosen])
        loss.backward()
        optimizer.step()
        loss.item()
        seen += batch
    return seen

def pace(seconds):  # of whole epochs, one at least
    start, done = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        done += epoch()
    return done / (time.perf_counter() - start)

pace(3)
print(pace(5))
