"""A module named keras for code that builds a model: its layers compute by keras.py, which must stand before this text.

python3 -c "keras.py + this" CODE: runs the code and prints the number of trained values and the sizes of the output."""
import types

FIRST = {"Conv": ["filters", "kernel_size"], "ConvTranspose": ["filters", "kernel_size"], "Dense": ["units"], "MaxPooling": ["pool_size"],
         "AveragePooling": ["pool_size"], "ZeroPadding": ["padding"], "Cropping": ["cropping"], "Rescaling": ["scale", "offset"],
         "Activation": ["activation"], "Dropout": ["rate"], "SpatialDropout": ["rate"], "LSTM": ["units"], "GRU": ["units"],
         "SimpleRNN": ["units"], "Bidirectional": ["layer"], "Lambda": ["function"]}
trained = 0
names = set()


class Layer:
    def __init__(self, kind, args, settings):
        base = kind.replace("1D", "").replace("2D", "").replace("3D", "")
        self.kind, self.base = kind, base
        self.settings = {**dict(zip(FIRST.get(base, []), args)), **settings}
        assert len(args) <= len(FIRST.get(base, [])), (kind, args)
        name = self.settings.pop("name", None)
        assert name is None or name not in names, name + " twice"
        names.add(name)

    def __call__(self, x):
        global trained
        s = self.settings
        if self.base == "Add":
            assert len({y.shape for y in x}) == 1, [y.shape for y in x]
            return sum(x)
        if self.base == "Concatenate":
            return np.concatenate(x, -1)
        if self.base == "Lambda":
            return s["function"](x)
        assert "D" not in self.kind[-1:] or x.ndim - 2 == int(self.kind[-2]), (self.kind, x.shape)
        if self.base == "Cropping":
            cuts = s["cropping"] if isinstance(s["cropping"][0], tuple) else [s["cropping"]]
            return x[(slice(None),) + tuple(slice(a, n - b) for (a, b), n in zip(cuts, x.shape[1:]))]
        if self.base == "Bidirectional":
            s = {"layer": {"class_name": s["layer"].kind, "config": s["layer"].settings}}
        variables, y = layer(self.kind, s, x)
        trained += sum(value.size for name, value in variables if not name.startswith("moving"))
        return y


class Layers(types.ModuleType):
    def __getattr__(self, kind):
        return lambda *args, **settings: Layer(kind, args, settings)


module = types.ModuleType("keras")
module.layers = Layers("keras.layers")
module.Input = lambda shape: np.ones((1,) + tuple(shape))
module.Model = lambda inputs, outputs, name: outputs
module.ops = types.SimpleNamespace(
    pad=lambda x, pads, constant_values=0: np.pad(x, pads, constant_values=constant_values), max=np.max, reshape=np.reshape)
sys.modules.update({"keras": module, "keras.layers": module.layers})
scope = {}
exec(sys.argv[1], scope)
print(trained, "x".join(str(size) for size in scope["model"].shape[1:]))
