function (root, data) {
  'use strict';
  const most = { channels: 4, taps: 20, all: 2000, thumbnails: 64 };
  const number = new Intl.NumberFormat('en-US');
  const layers = data.layers;
  for (const layer of layers) {
    layer.values = floats(layer.values);
    layer.rule.weights = floats(layer.rule.weights);
    layer.rule.biases = floats(layer.rule.biases);
    const s = layer.shape, width = s.length > 1 ? s[s.length - 1] : 1;
    layer.box = [s[0], layer.values.length / s[0] / width, width]; // channels, rows, columns
  }
  let path = [{ layer: data.layer, at: data.at }], allChannels = false;

  function floats(text) {
    const raw = atob(text), bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return new Float32Array(bytes.buffer);
  }
  function short(value) {
    if (value === 0 || !Number.isFinite(value)) return String(value);
    const size = Math.abs(value);
    return (size >= 1e5 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(4)))).replace('-', '\u2212');
  }
  // Short enough for a table: four decimals at most.
  function brief(value) {
    const size = Math.abs(value);
    return size >= 5e-4 && size < 1e4 ? short(Number(value.toFixed(size < 10 ? 4 : 2))) : short(Number(value.toPrecision(2)));
  }
  function make(tag, parent, kind, text) {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  }
  function measured(parent, kind, value) {
    const element = make('b', parent, kind, short(value));
    element.dataset.number = value;
    return element;
  }
  function position(layer, at) {
    const found = [];
    for (let d = layer.shape.length - 1; d >= 0; d--) { found.unshift(at % layer.shape[d]); at = Math.floor(at / layer.shape[d]); }
    return found.join(',');
  }
  const title = unit => `${layers[unit.layer].name}[${position(layers[unit.layer], unit.at)}]`;
  const valueOf = unit => layers[unit.layer].values[unit.at];
  const plane = layer => layer.box[1] * layer.box[2];

  // What a unit reads: values, weights and products in groups, one for each input channel where they fill a window.
  function tap(layer, at, weight) {
    const value = at < 0 ? 0 : layers[layer].values[at];
    return { layer, at, value, weight, product: value * weight };
  }
  function windowed(layer, at, mode) {
    const rule = layer.rule, from = layer.inputs[0], [channels, height, width] = layers[from].box;
    const c = Math.floor(at / plane(layer)), y = Math.floor(at % plane(layer) / layer.box[2]), x = at % layer.box[2];
    let [rows, columns] = rule.kernel, [top, left] = [y * rule.stride[0] - rule.padding[0], x * rule.stride[1] - rule.padding[1]];
    if (rule.cells.length > 0) { // windows that follow from the output's size
      const [m, n] = rule.cells, low = (i, size, count) => Math.floor(i * size / count);
      const high = (i, size, count) => Math.ceil((i + 1) * size / count);
      [top, left] = [low(y, height, m), low(x, width, n)];
      [rows, columns] = [high(y, height, m) - top, high(x, width, n) - left];
    }
    const list = i => rule.channels.length > 0 ? rule.channels[i] : [...Array(channels).keys()];
    let next = 0;
    if (mode === 'products') for (let i = 0; i < c; i++) next += list(i).length * rows * columns;
    const read = mode === 'products' ? list(c) : [c];
    const groups = read.map(channel => {
      const taps = [];
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
        const row = top + i * rule.dilation[0], column = left + j * rule.dilation[1];
        const inside = row >= 0 && column >= 0 && row < height && column < width;
        const weight = mode === 'products' ? rule.weights[next++] : mode === 'mean' ? 1 / (rows * columns) : 0;
        taps.push(tap(from, inside ? (channel * height + row) * width + column : -1, weight));
      }
      return { channel, rows, columns, taps, box: [top, left, (rows - 1) * rule.dilation[0] + 1, (columns - 1) * rule.dilation[1] + 1] };
    });
    if (mode === 'largest') {
      const winner = groups[0].taps.filter(one => one.at >= 0).reduce((best, one) => one.value > best.value ? one : best);
      [winner.weight, winner.product, winner.wins] = [1, winner.value, true];
    }
    return { groups, bias: mode === 'products' && rule.biases.length > 0 ? rule.biases[c] : null };
  }
  function reads(unit) {
    const layer = layers[unit.layer], rule = layer.rule, from = layer.inputs[0];
    const alone = taps => ({ groups: [{ channel: null, rows: 1, columns: taps.length, taps }], bias: null });
    switch (rule.kind) {
      case 'products': case 'largest': case 'mean': return windowed(layer, unit.at, rule.kind);
      case 'function': case 'same': return alone([tap(from, unit.at, 1)]);
      case 'sum': return alone(layer.inputs.map(input => tap(input, unit.at, 1)));
      case 'softmax': {
        const values = layers[from].values, top = Math.max(...values);
        const found = alone([...values].map((value, i) => ({ layer: from, at: i, value, weight: 1, product: Math.exp(value - top) })));
        found.softmax = unit.at;
        return found;
      }
      case 'codes': return alone([...layers[from].values].map((value, i, all) => {
        const weight = rule.weights[unit.at * all.length + i];
        return { layer: from, at: i, value, weight, product: -((value - weight) ** 2) / 2 };
      }));
      case 'branch': {
        let at = unit.at;
        for (const input of layer.inputs) {
          if (at < layers[input].values.length) return alone([tap(input, at, 1)]);
          at -= layers[input].values.length;
        }
        return null;
      }
      default: return null;
    }
  }

  // Colors: viridis for magnitudes (polynomial fit by M. Zucker, public domain), blue to red for signed numbers.
  const fit = [[.2777, .0054, .3341], [.1051, 1.4046, 1.3846], [-.3309, .2148, .0951], [-4.6342, -5.7991, -19.3324],
    [6.2283, 14.1799, 56.6906], [4.7764, -13.7451, -65.3530], [-5.4355, 4.6459, 26.3125]];
  const viridis = part => [0, 1, 2].map(c => 255 * Math.min(1, Math.max(0, fit.reduceRight((sum, row) => sum * part + row[c], 0))));
  const [cold, warm] = [[33, 102, 172], [178, 24, 43]];
  const diverging = part => [0, 1, 2].map(c => 247 + ((part < 0 ? cold : warm)[c] - 247) * Math.min(1, Math.abs(part)));
  function range(layer) {
    if (!layer.range) {
      let low = Infinity, high = -Infinity;
      for (const value of layer.values) if (Number.isFinite(value)) { low = Math.min(low, value); high = Math.max(high, value); }
      layer.range = [low, high];
    }
    return layer.range;
  }
  function color(layer, at) {
    const rule = layer.rule;
    if (rule.kind === 'image') { // as the eye sees it: the bytes, in color where there are three
      const pixel = c => 255 * (layer.values[c * plane(layer) + at % plane(layer)] * rule.weights[c] + rule.biases[c]);
      return layer.box[0] === 3 ? [0, 1, 2].map(pixel) : Array(3).fill(pixel(Math.floor(at / plane(layer))));
    }
    const [low, high] = range(layer), value = layer.values[at];
    return low < 0 ? diverging(value / Math.max(-low, high)) : viridis(high > low ? (value - low) / (high - low) : 0);
  }
  // A map, a pixel for each value: one channel, or a vector wrapped to lines.
  function draw(parent, index, channel, side, marks, chosen) {
    const layer = layers[index], vector = plane(layer) === 1;
    const columns = vector ? Math.min(layer.box[0], 16) : layer.box[2];
    const rows = vector ? Math.ceil(layer.box[0] / columns) : layer.box[1];
    const count = vector ? layer.box[0] : plane(layer), first = vector ? 0 : channel * plane(layer);
    const zoom = Math.max(1, Math.floor(side / Math.max(columns, rows)));
    const tall = rows === 1 && columns > 1 ? Math.max(zoom, Math.min(side, 24)) : zoom;
    const canvas = make('canvas', parent, 'map');
    canvas.width = columns * zoom; canvas.height = rows * tall;
    const c = canvas.getContext('2d');
    for (let i = 0; i < count; i++) {
      c.fillStyle = `rgb(${color(layer, first + i).map(Math.round)})`;
      c.fillRect(i % columns * zoom, Math.floor(i / columns) * tall, zoom, tall);
    }
    for (const [top, left, height, width] of marks) {
      c.lineWidth = 2;
      c.strokeStyle = '#ff4040';
      c.strokeRect(left * zoom, top * tall, width * zoom, height * tall);
    }
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', vector ? layer.name : `${layer.name}, channel ${channel}`);
    canvas.addEventListener('click', event => {
      const r = canvas.getBoundingClientRect();
      const at = Math.floor((event.clientY - r.top) / r.height * rows) * columns + Math.floor((event.clientX - r.left) / r.width * columns);
      if (at >= 0 && at < count) chosen({ layer: index, at: first + at });
    });
    return canvas;
  }
  const startAt = unit => { path = [unit]; show(); };
  const goInto = unit => { path.push(unit); show(); };
  const onlyMark = (layer, at) => plane(layer) === 1
    ? [Math.floor(at / Math.min(layer.box[0], 16)), at % Math.min(layer.box[0], 16), 1, 1]
    : [Math.floor(at % plane(layer) / layer.box[2]), at % layer.box[2], 1, 1];

  function matrix(parent, heading, group, pick, chosen) {
    const box = make('div', parent, 'matrix'), table = make('table', box, heading);
    make('caption', table, '', heading);
    const largest = Math.max(1e-30, ...group.taps.map(one => Math.abs(pick(one))));
    for (let i = 0; i < group.rows; i++) {
      const row = make('tr', table);
      for (let j = 0; j < group.columns; j++) cell(row, group.taps[i * group.columns + j], pick, largest, chosen);
    }
  }
  function cell(row, one, pick, largest, chosen) {
    const value = pick(one), td = make('td', row, one.wins ? 'wins' : '', brief(value)), part = Math.min(1, Math.abs(value) / largest);
    td.style.background = `rgba(${value < 0 ? '67,147,195' : '214,96,77'},${(0.55 * part).toFixed(3)})`;
    td.dataset.number = value;
    if (one.at < 0) {
      td.classList.add('padding');
      td.title = 'padding: 0';
    } else if (chosen) {
      td.title = `${title(one)} = ${short(value)}`;
      td.tabIndex = 0;
      td.setAttribute('role', 'button');
      td.addEventListener('click', () => goInto({ layer: one.layer, at: one.at }));
      td.addEventListener('keydown', event => { if (event.key === 'Enter') td.click(); });
    }
  }
  function list(parent, taps, softmax) {
    const table = make('table', parent, 'taps'), head = make('tr', table);
    const bound = pick => Math.max(1e-30, ...taps.map(one => Math.abs(pick(one))));
    const words = softmax ? ['from', 'value', '', 'exp(value \u2212 largest)'] : ['from', 'value', 'weight', 'product'];
    for (const word of words) make('th', head, '', word);
    const sorted = [...taps].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
    const [values, weights, products] = [one => one.value, one => one.weight, one => one.product];
    sorted.slice(0, allChannels ? most.all : most.taps).forEach(one => {
      const row = make('tr', table);
      make('th', row, '', title(one));
      cell(row, one, values, bound(values), true);
      if (softmax) make('td', row); else cell(row, one, weights, bound(weights), false);
      cell(row, one, products, bound(products), false);
    });
  }
  function more(parent, count, shown, what) {
    if (count <= shown) return;
    const words = allChannels ? `Show the ${shown} largest ${what}` : `Show all ${number.format(count)} ${what}`;
    const button = make('button', parent, 'more', words);
    button.addEventListener('click', () => { allChannels = !allChannels; show(); });
  }

  function calculation(parent, unit) {
    const layer = layers[unit.layer], rule = layer.rule, found = reads(unit);
    make('p', parent, 'operation', `${layer.name} (${layer.kind}): ${rule.operation}`);
    const result = make('p', parent, 'result'), after = make('div', parent);
    if (rule.kind === 'image') {
      const c = Math.floor(unit.at / plane(layer)), byte = Math.round(255 * (valueOf(unit) * rule.weights[c] + rule.biases[c]));
      result.append(`(${byte} / 255 \u2212 ${short(rule.biases[c])}) / ${short(rule.weights[c])} = `);
      measured(result, 'value', valueOf(unit));
      make('p', parent, 'end', `This is a pixel of ${data.source}: the way ends here.`);
      return;
    }
    if (!found) {
      result.append('The network has ');
      measured(result, 'value', valueOf(unit));
      make('p', parent, 'end', 'This page does not follow layers of this kind; Trace-Activation adds them up.');
      return;
    }
    const groups = found.groups, taps = groups.flatMap(group => group.taps);
    const size = group => Math.abs(group.taps.reduce((sum, one) => sum + one.product, 0));
    const boxed = groups[0].channel !== null && groups[0].taps.length > 1 && groups[0].rows <= 11 && groups[0].columns <= 11;
    if (boxed) {
      const largest = [...groups].sort((a, b) => size(b) - size(a)).slice(0, most.channels);
      for (const group of allChannels ? groups : largest.sort((a, b) => a.channel - b.channel)) {
        const row = make('div', parent, 'channel'), from = layer.inputs[0], input = make('figure', row);
        draw(input, from, group.channel, 96, [plane(layers[from]) === 1 ? [0, 0, 0, 0] : group.box], startAt);
        make('figcaption', input, '', `${layers[from].name}, channel ${group.channel}`);
        const terms = make('div', row, 'terms');
        matrix(terms, 'patch', group, one => one.value, true);
        if (rule.kind === 'products') {
          make('span', terms, 'sign', '\u00d7');
          matrix(terms, 'kernel', group, one => one.weight, false);
          const end = make('span', terms, 'end');
          make('span', end, 'sign', '=');
          matrix(end, 'products', group, one => one.product, false);
          make('span', end, 'sign', '\u2192');
          measured(end, 'channelsum', group.taps.reduce((sum, one) => sum + one.product, 0));
        }
      }
      more(parent, groups.length, most.channels, 'channels');
    } else {
      list(parent, taps, found.softmax !== undefined);
      more(parent, taps.length, most.taps, 'values');
    }
    const sum = taps.reduce((all, one) => all + one.product, 0);
    if (found.softmax !== undefined) {
      result.append(`${short(taps[found.softmax].product)} / ${short(sum)} = `);
      measured(result, 'computed', taps[found.softmax].product / sum);
    } else if (rule.kind === 'function' || rule.kind === 'same' || rule.kind === 'branch') {
      result.append(`of ${short(taps[0].value)}`);
    } else if (rule.kind === 'largest') {
      result.append(`the largest of ${taps.length}: `);
      measured(result, 'computed', sum);
    } else {
      result.append(`sum of ${number.format(taps.length)} ${taps.length === 1 ? 'product' : 'products'} `);
      measured(result, 'sum', sum);
      if (found.bias !== null) {
        result.append(' + bias ');
        measured(result, 'bias', found.bias);
      }
      result.append(' = ');
      measured(result, 'computed', sum + (found.bias ?? 0));
    }
    result.append('; the network has ');
    measured(result, 'value', valueOf(unit));
    layers.forEach((next, i) => {
      const own = next.rule.kind === 'function' || (next.rule.channels.length > 0 && next.rule.channels.every(list => list.length === 1)
        && next.rule.kernel.every(size => size === 1)); // such as a normalization
      if (!own || next.inputs[0] !== unit.layer || next.values.length !== layer.values.length) return;
      const line = make('p', after, 'next'), button = make('button', line, '', next.name);
      line.append(` makes of it: ${next.rule.operation} = `);
      measured(line, 'activation', next.values[unit.at]);
      button.addEventListener('click', () => startAt({ layer: i, at: unit.at }));
    });
  }

  function show() {
    root.replaceChildren();
    const unit = path[path.length - 1], layer = layers[unit.layer], channel = Math.floor(unit.at / plane(layer));
    make('h3', root, '', `${data.network} on ${data.source}: one number's way`);
    const trail = make('nav', root, 'trail');
    trail.setAttribute('aria-label', 'The way so far');
    path.forEach((step, i) => {
      if (i > 0) trail.append(' \u2190 ');
      const button = make('button', trail, i === path.length - 1 ? 'here' : '', `${title(step)} = ${short(valueOf(step))}`);
      button.addEventListener('click', () => { path = path.slice(0, i + 1); show(); });
    });
    const tabs = make('nav', root, 'layers');
    tabs.setAttribute('aria-label', 'Layers');
    layers.forEach((one, i) => {
      const button = make('button', tabs, i === unit.layer ? 'here' : '', one.name);
      button.addEventListener('click', () => startAt({ layer: i, at: Math.max(0, one.values.indexOf(range(one)[1])) }));
    });
    const columns = make('div', root, 'columns'), maps = make('section', columns, 'maps'), words = make('section', columns, 'words');
    const [low, high] = range(layer);
    make('p', maps, 'soft', `${layer.name}, ${layer.shape.join('x')}, from ${short(low)} to ${short(high)}. Click a pixel.`);
    draw(maps, unit.layer, channel, 256, [onlyMark(layer, unit.at)], startAt).classList.add('whole');
    if (plane(layer) > 1 && layer.box[0] > 1) {
      make('p', maps, 'soft', `channel ${channel} of ${layer.box[0]}:`);
      const strip = make('div', maps, 'strip');
      for (let i = 0; i < Math.min(layer.box[0], most.thumbnails); i++) {
        const other = { layer: unit.layer, at: i * plane(layer) + unit.at % plane(layer) };
        const thumbnail = draw(strip, unit.layer, i, 40, [], () => startAt(other));
        thumbnail.classList.toggle('here', i === channel);
      }
    }
    const size = number.format(Math.ceil(data.count * 4 / 3 * 4 / 1000)); // base64 of four bytes each
    make('p', maps, 'soft', `${number.format(data.count)} exact numbers are in this page, ${size} kB; at most 4 digits of each are shown.`);
    calculation(words, unit);
  }
  show();
}
