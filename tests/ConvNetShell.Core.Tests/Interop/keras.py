"""Writes models as Keras documents its files, with h5py alone, and computes their outputs with numpy alone (channels last).

python3 keras.py FOLDER MODEL: MODEL is a Python list of (class, settings); the first has the sizes of a sample.
Writes new.keras, old.h5, new.weights.h5, old.weights.h5 and input.bin, prints the outputs."""
import io, json, re, sys, zipfile
import h5py
import numpy as np

rng = np.random.RandomState(7)
draw = lambda *shape: (rng.randn(*shape) / np.sqrt(max(1, np.prod(shape[:-1])))).astype("f4")


def three(value, n):
    return [value] * n if isinstance(value, int) else list(value)


def pad_same(size, kernel, stride, dilation):
    out = -(-size // stride)
    total = max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - size)
    return total // 2, total - total // 2


def windows(x, kernel, strides, dilation, padding, fill):
    """Returns the windows: samples, positions..., kernel..., channels."""
    n = x.ndim - 2
    if padding == "causal":
        pads = [((k - 1) * d, 0) for k, d in zip(kernel, dilation)]
    elif padding == "same":
        pads = [pad_same(*sizes) for sizes in zip(x.shape[1:-1], kernel, strides, dilation)]
    else:
        pads = [(0, 0)] * n
    x = np.pad(x, [(0, 0)] + pads + [(0, 0)], constant_values=fill)
    out = [(s - (k - 1) * d - 1) // t + 1 for s, k, d, t in zip(x.shape[1:-1], kernel, dilation, strides)]
    result = np.empty([x.shape[0]] + out + list(kernel) + [x.shape[-1]], x.dtype)
    for at in np.ndindex(*out):
        part = tuple(slice(i * t, i * t + (k - 1) * d + 1, d) for i, t, k, d in zip(at, strides, kernel, dilation))
        result[(slice(None),) + at] = x[(slice(None),) + part]
    return result


def conv(x, kernel, strides, dilation, padding, groups=1):
    n = x.ndim - 2
    w = windows(x, kernel.shape[:n], strides, dilation, padding, 0)
    channels, filters = x.shape[-1] // groups, kernel.shape[-1] // groups
    parts = []
    for g in range(groups):
        part = w[..., g * channels:(g + 1) * channels]
        parts.append(np.tensordot(part, kernel[..., g * filters:(g + 1) * filters], n + 1))
    return np.concatenate(parts, -1)


def depthwise(x, kernel, strides, dilation, padding):
    n = x.ndim - 2
    w = windows(x, kernel.shape[:n], strides, dilation, padding, 0)
    out = [np.tensordot(w[..., c], kernel[..., c, :], n) for c in range(x.shape[-1])]
    return np.concatenate(out, -1)


def transposed(x, kernel, strides, padding):
    """kernel: sizes..., filters, channels"""
    n = x.ndim - 2
    size = [(s - 1) * t + k for s, t, k in zip(x.shape[1:-1], strides, kernel.shape[:n])]
    out = np.zeros([x.shape[0]] + size + [kernel.shape[-2]])
    for at in np.ndindex(*x.shape[1:-1]):
        part = tuple(slice(i * t, i * t + k) for i, t, k in zip(at, strides, kernel.shape[:n]))
        out[(slice(None),) + part] += np.tensordot(x[(slice(None),) + at], kernel, ([-1], [-1]))
    if padding == "same":
        for axis, (s, t, k) in enumerate(zip(x.shape[1:-1], strides, kernel.shape[:n])):
            out = np.take(out, range((k - t) // 2, (k - t) // 2 + s * t), axis + 1)
    return out


sigmoid = lambda x: 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def gelu(x):
    from math import erf
    return x * (1 + np.vectorize(erf)(x / np.sqrt(2))) / 2


functions = {"linear": lambda x: x, "relu": lambda x: np.maximum(x, 0), "sigmoid": sigmoid, "tanh": np.tanh, "softmax": softmax, "gelu": gelu}


def recurrent(kind, x, weights, units, sequence, backwards=False):
    kernel, recurrence, bias = weights
    state, memory, states = np.zeros((x.shape[0], units)), np.zeros((x.shape[0], units)), []
    for step in (range(x.shape[1] - 1, -1, -1) if backwards else range(x.shape[1])):
        given = x[:, step] @ kernel
        if kind == "SimpleRNN":
            state = np.tanh(given + bias + state @ recurrence)
        elif kind == "LSTM":
            i, f, c, o = np.split(given + bias + state @ recurrence, 4, -1)
            memory = sigmoid(f) * memory + sigmoid(i) * np.tanh(c)
            state = sigmoid(o) * np.tanh(memory)
        else:
            z, r, h = np.split(given + bias[0], 3, -1)
            kz, kr, kh = np.split(state @ recurrence + bias[1], 3, -1)
            z, r = sigmoid(z + kz), sigmoid(r + kr)
            state = z * state + (1 - z) * np.tanh(h + r * kh)
        states.append(state)
    if backwards:
        states.reverse()
        return np.stack(states, 1) if sequence else states[0]
    return np.stack(states, 1) if sequence else states[-1]


def layer(kind, s, x):
    """Returns the variables by the path below the layer, with their names, and the output."""
    channels, n = x.shape[-1], x.ndim - 2
    base = kind.replace("1D", "").replace("2D", "").replace("3D", "")
    at = lambda name, standard=1: three(s.get(name, standard), n)
    variables = []
    if base in ("Conv", "DepthwiseConv", "SeparableConv", "ConvTranspose"):
        filters = s.get("filters")
        if base == "Conv":
            variables = [("kernel", draw(*at("kernel_size"), channels // s.get("groups", 1), filters))]
            y = conv(x, variables[0][1], at("strides"), at("dilation_rate"), s.get("padding", "valid"), s.get("groups", 1))
        elif base == "ConvTranspose":
            variables = [("kernel", draw(*at("kernel_size"), filters, channels))]
            y = transposed(x, variables[0][1], at("strides"), s.get("padding", "valid"))
        else:
            multiplier = s.get("depth_multiplier", 1)
            variables = [("depthwise_kernel", draw(*at("kernel_size"), channels, multiplier))]
            y = depthwise(x, variables[0][1], at("strides"), at("dilation_rate"), s.get("padding", "valid"))
            if base == "SeparableConv":
                variables.append(("pointwise_kernel", draw(*[1] * n, channels * multiplier, filters)))
                y = y @ variables[1][1].reshape(-1, filters)
        if s.get("use_bias", True):
            variables.append(("bias", draw(y.shape[-1])))
            y = y + variables[-1][1]
    elif base == "Dense":
        variables = [("kernel", draw(channels, s["units"]))] + ([("bias", draw(s["units"]))] if s.get("use_bias", True) else [])
        y = x @ variables[0][1] + (variables[1][1] if len(variables) > 1 else 0)
    elif base == "BatchNormalization":
        scale, shift, mean, variance = draw(channels) + 1, draw(channels), draw(channels), rng.uniform(0.5, 2, channels).astype("f4")
        variables = ([("gamma", scale)] if s.get("scale", True) else []) + ([("beta", shift)] if s.get("center", True) else [])
        variables += [("moving_mean", mean), ("moving_variance", variance)]
        y = (x - mean) / np.sqrt(variance + s.get("epsilon", 1e-3))
        y = (y * scale if s.get("scale", True) else y) + (shift if s.get("center", True) else 0)
    elif base in ("LayerNormalization", "GroupNormalization"):
        variables = [("gamma", draw(channels) + 1), ("beta", draw(channels))]
        groups = s.get("groups", 1)
        g = x.reshape(x.shape[0], -1, groups, channels // groups)
        g = (g - g.mean((1, 3), keepdims=True)) / np.sqrt(g.var((1, 3), keepdims=True) + s["epsilon"])
        y = g.reshape(x.shape) * variables[0][1] + variables[1][1]
    elif base in ("MaxPooling", "AveragePooling"):
        size = at("pool_size", 2)
        strides = size if s.get("strides") is None else at("strides")
        w = windows(x, size, strides, [1] * n, s.get("padding", "valid"), -np.inf if base == "MaxPooling" else 0)
        axes = tuple(range(n + 1, 2 * n + 1))
        y = w.max(axes) if base == "MaxPooling" else w.mean(axes)
    elif base in ("GlobalMaxPooling", "GlobalAveragePooling"):
        y = (np.max if base == "GlobalMaxPooling" else np.mean)(x, tuple(range(1, n + 1)), keepdims=s.get("keepdims", False))
    elif base == "ZeroPadding":
        p = s["padding"]
        p = [(p, p)] * n if isinstance(p, int) else [tuple(p)] if n == 1 else [(q, q) if isinstance(q, int) else tuple(q) for q in p]
        y = np.pad(x, [(0, 0)] + p + [(0, 0)])
    elif base == "Flatten":
        y = x.reshape(x.shape[0], -1)
    elif base == "ReLU":
        y = np.maximum(x, 0)
    elif base == "LeakyReLU":
        y = np.where(x > 0, x, x * s["negative_slope"])
    elif base == "Softmax":
        y = softmax(x)
    elif base == "Rescaling":
        y = x * s["scale"] + s.get("offset", 0)
    elif base == "Normalization":
        mean, variance = draw(channels) + 100, rng.uniform(1000, 4000, channels).astype("f4")
        variables = [("mean", mean), ("variance", variance), ("count", np.int64(5))]
        y = (x - mean) / np.sqrt(variance)
    elif base in ("LSTM", "GRU", "SimpleRNN", "Bidirectional"):
        inner, own = (s["layer"]["class_name"], s["layer"]["config"]) if base == "Bidirectional" else (base, s)
        gates, units = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}[inner], own["units"]
        outputs = []
        for cell in (["forward_layer/cell/", "backward_layer/cell/"] if base == "Bidirectional" else ["cell/"]):
            weights = [draw(channels, gates * units), draw(units, gates * units)]
            weights.append(draw(2, gates * units) if inner == "GRU" else draw(gates * units))
            variables += list(zip([cell + name for name in ("kernel", "recurrent_kernel", "bias")], weights))
            outputs.append(recurrent(inner, x, weights, units, own.get("return_sequences", False), cell.startswith("backward")))
        return variables, np.concatenate(outputs, -1)
    elif base in ("Dropout", "SpatialDropout", "Activation") or base.startswith("Random"):
        y = x
    else:
        raise ValueError(kind)
    return variables, functions[s.get("activation") or "linear"](y)


def snake(name):
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def main(folder, model, functional):
    sizes = model[0][1]["batch_shape"][1:]
    x = rng.rand(2, *sizes).astype("f4")
    x = x * 255 if any(kind in ("Rescaling", "Normalization") for kind, _ in model[1:2]) else x
    x.tofile(folder + "/input.bin")
    stored, counts, y = [], {}, x.astype("f8")
    for kind, settings in model:
        count = counts[kind] = counts.get(kind, -1) + 1
        path = snake(kind) + ("_%d" % count if count else "")
        variables = []
        if kind != "InputLayer":
            variables, y = layer(kind, settings, y)
        stored.append((kind, dict(settings, name=path), path, variables))
    print(",".join(repr(float(v)) for v in y.flatten()))

    def config(old):
        layers = []
        for i, (kind, settings, path, _) in enumerate(stored):
            settings = dict(settings)
            if old and "batch_shape" in settings:
                settings["batch_input_shape"] = settings.pop("batch_shape")
            entry = {"class_name": kind, "config": settings}
            if not old:
                entry.update(module="keras.layers", registered_name=None, build_config={"input_shape": [None]})
            if functional:
                before = [stored[i - 1][1]["name"], 0, 0] if i else None
                tensor = {"class_name": "__keras_tensor__", "config": {"shape": [None], "dtype": "float32", "keras_history": before}}
                entry["name"] = settings["name"]
                entry["inbound_nodes"] = [] if not i else [[before + [{}]]] if old else [{"args": [tensor], "kwargs": {}}]
            layers.append(entry)
        body = {"name": "model", "trainable": True, "layers": layers}
        if functional:
            body.update(input_layers=[[stored[0][1]["name"], 0, 0]], output_layers=[[stored[-1][1]["name"], 0, 0]])
        kind = ("Functional" if not old else "Model") if functional else "Sequential"
        return {"module": "keras", "class_name": kind, "config": body, "registered_name": kind}

    def write_new(file):
        for _, _, path, variables in stored:
            group = file.create_group("layers/" + path)
            group.create_group("vars")
            numbers = {}
            for name, value in variables:
                cell = name.rpartition("/")[0]
                numbers[cell] = numbers.get(cell, -1) + 1
                group.require_group(cell + "/vars" if cell else "vars")[str(numbers[cell])] = value
        file.create_group("vars")

    def write_old(group):
        group.attrs["layer_names"] = [path.encode() for _, _, path, _ in stored]
        group.attrs["backend"] = b"tensorflow"
        group.attrs["keras_version"] = b"2.15.0"
        for _, _, path, variables in stored:
            own = group.create_group(path)
            own.attrs["weight_names"] = [(path + "/" + name + ":0").encode() for name, _ in variables]
            for name, value in variables:
                own.create_dataset(path + "/" + name + ":0", data=value)

    memory = io.BytesIO()
    with h5py.File(memory, "w") as file:
        write_new(file)
    with zipfile.ZipFile(folder + "/new.keras", "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.5.0", "date_saved": "2024-10-01@10:00:00"}))
        archive.writestr("config.json", json.dumps(config(old=False)))
        archive.writestr("model.weights.h5", memory.getvalue())
    with open(folder + "/new.weights.h5", "wb") as file:
        file.write(memory.getvalue())
    with h5py.File(folder + "/old.h5", "w") as file:
        file.attrs["keras_version"] = "2.15.0"
        file.attrs["model_config"] = json.dumps(config(old=True))
        write_old(file.create_group("model_weights"))
    with h5py.File(folder + "/old.weights.h5", "w", libver="latest" if len(stored) < 8 else None) as file:
        write_old(file)


if __name__ == "__main__":
    main(sys.argv[1], eval(sys.argv[2]), sys.argv[3:] == ["functional"])
