// The CIFAR10 network in ConvNetJS, as a peer: convnetjs_loop.js BATCH; prints images a second. A batch of 0 only loads the package, which npm puts under NODE_PATH.
const convnetjs = require('convnetjs');
const batch = parseInt(process.argv[2], 10);
if (batch === 0) process.exit(0);
const net = new convnetjs.Net();
const conv = filters => ({ type: 'conv', sx: 5, filters, stride: 1, pad: 2, activation: 'relu' });
const pool = { type: 'pool', sx: 2, stride: 2 };
net.makeLayers([{ type: 'input', out_sx: 32, out_sy: 32, out_depth: 3 }, conv(16), pool, conv(20), pool, conv(20), pool, { type: 'softmax', num_classes: 10 }]);
const trainer = new convnetjs.SGDTrainer(net, { method: 'sgd', learning_rate: 0.02, momentum: 0.9, batch_size: batch, l2_decay: 0.0005 });
const image = new convnetjs.Vol(32, 32, 3);
const train = count => { for (let i = 0; i < count; i++) trainer.train(image, i % 10); };
train(20);
const start = process.hrtime.bigint();
train(200);
console.log(200 / (Number(process.hrtime.bigint() - start) / 1e9));
