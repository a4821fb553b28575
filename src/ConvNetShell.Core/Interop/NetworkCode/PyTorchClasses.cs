namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Classes for the layers that PyTorch has no module for.</summary>
internal static class PyTorchClasses
{
    /// <summary>Gets the Python code of each class by its name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ShiftOnlyBatchNorm1d"] = ShiftOnlyBatchNorm("1d"),
            ["ShiftOnlyBatchNorm2d"] = ShiftOnlyBatchNorm("2d"),
            ["ShiftOnlyBatchNorm3d"] = ShiftOnlyBatchNorm("3d"),
            ["ScaledTanh"] = """
                class ScaledTanh(nn.Module):
                    def forward(self, x):
                        return 1.7159 * torch.tanh(x * (2.0 / 3))
                """,
            ["Scale"] = """
                class Scale(nn.Module):
                    def __init__(self, factor):
                        super().__init__()
                        self.factor = factor

                    def forward(self, x):
                        return x * self.factor
                """,
            ["PictureRows"] = """
                class PictureRows(nn.Module):
                    def __init__(self, rows):
                        super().__init__()
                        self.rows = rows

                    def forward(self, x):
                        return x[:, :, :, :self.rows]
                """,
            ["SoundRows"] = """
                class SoundRows(nn.Module):
                    def __init__(self, rows):
                        super().__init__()
                        self.rows = rows

                    def forward(self, x):
                        return x[:, :, :, -self.rows:].flatten(2)
                """,
            ["Maxout"] = """
                class Maxout(nn.Module):
                    def __init__(self, size):
                        super().__init__()
                        self.size = size

                    def forward(self, x):
                        return x.reshape(x.shape[0], x.shape[1] // self.size, self.size, *x.shape[2:]).amax(2)
                """,
            ["ChannelPad"] = """
                class ChannelPad(nn.Module):
                    def __init__(self, channels, stride):
                        super().__init__()
                        self.channels, self.stride = channels, stride

                    def forward(self, x):
                        for d, step in enumerate(self.stride):
                            x = x.index_select(d + 2, torch.arange(0, x.shape[d + 2], step, device=x.device))
                        missing = self.channels - x.shape[1]
                        return nn.functional.pad(x, [0, 0] * len(self.stride) + [missing // 2, missing - missing // 2])
                """,
            ["Recurrent"] = """
                class Recurrent(nn.Module):
                    def __init__(self, kind, inputs, units, sequence, bidirectional):
                        super().__init__()
                        self.units, self.sequence = units, sequence
                        self.cell = getattr(nn, kind)(inputs, units, batch_first=True, bidirectional=bidirectional)

                    def forward(self, x):
                        y = self.cell(x.transpose(1, 2))[0]
                        if self.sequence:
                            return y.transpose(1, 2)
                        return torch.cat([y[:, -1, :self.units], y[:, 0, self.units:]], 1)
                """,
            ["Branches"] = """
                class Branches(nn.Module):
                    def __init__(self, join, *branches):
                        super().__init__()
                        self.join = join
                        self.paths = [[name for name, _ in branch] for branch in branches]
                        for branch in branches:
                            for name, module in branch:
                                self.add_module(name, module)

                    def forward(self, x):
                        outputs = []
                        for path in self.paths:
                            y = x
                            for name in path:
                                y = self._modules[name](y)
                            outputs.append(y)
                        return sum(outputs) if self.join == "add" else torch.cat(outputs, 1)
                """,
        };

    private static string ShiftOnlyBatchNorm(string dimensions) =>
        $"""
            class ShiftOnlyBatchNorm{dimensions}(nn.BatchNorm{dimensions}):
                def __init__(self, channels, eps=1e-5, momentum=0.1):
                    super().__init__(channels, eps=eps, momentum=momentum)
                    self.weight.requires_grad_(False)
            """;
}
