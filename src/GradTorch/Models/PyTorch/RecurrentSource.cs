using System.Globalization;
using GradTorch.Models.Recurrent;

namespace GradTorch.Models.PyTorch;

/// <summary>A member of a recurrent net in Python, with the names of <see cref="RecurrentLayer.PyTorchTensors"/>. Sequences are (batch, T,
/// features).</summary>
internal static class RecurrentSource
{
    /// <param name="ownSlopes">Members differ in their slopes, with which the network is made.</param>
    public static string Of(RecurrentKind kind, ModelShape shape, bool ownSlopes) => string.Join('\n',
        [.. kind.HasOwnActivation ? Elman(ActivationSource.Of(shape.Section.Activation, ownSlopes), ownSlopes) : [], .. Net(kind, shape, ownSlopes)]);

    private static IEnumerable<string> Elman(ActivationSource activation, bool ownSlopes)
    {
        yield return "class Elman(nn.Module):";
        yield return "    \"\"\"As nn.RNN(inputs, units, batch_first=True), with this network's activation.\"\"\"";
        yield return "";
        yield return $"    def __init__(self, inputs, units{(ownSlopes ? ", slope" : "")}):";
        yield return "        super().__init__()";
        yield return "        self.weight_ih_l0 = nn.Parameter(torch.empty(units, inputs))";
        yield return "        self.weight_hh_l0 = nn.Parameter(torch.empty(units, units))";
        yield return "        self.bias_ih_l0 = nn.Parameter(torch.empty(units))";
        yield return "        self.bias_hh_l0 = nn.Parameter(torch.empty(units))";
        if (ownSlopes) yield return "        self.slope = slope";
        if (activation.Learns) yield return $"        self.activation = {activation.Expression}";
        yield return "";
        yield return "    def forward(self, x):";
        yield return "        h = x.new_zeros(x.shape[0], self.weight_hh_l0.shape[0])";
        yield return "        states = []";
        yield return "        for projected in nn.functional.linear(x, self.weight_ih_l0, self.bias_ih_l0 + self.bias_hh_l0).unbind(1):";
        yield return "            z = projected + h @ self.weight_hh_l0.T";
        yield return $"            h = {(activation.Learns ? "self.activation(z)" : activation.Expression)}";
        yield return "            states.append(h)";
        yield return "        return torch.stack(states, 1), h";
        yield return "";
        yield return "";
    }

    private static IEnumerable<string> Net(RecurrentKind kind, ModelShape shape, bool ownSlopes)
    {
        var (section, width) = (shape.Section, shape.Section.Width);
        var slope = ownSlopes ? ", slope" : "";
        yield return "class Net(nn.Module):";
        yield return $"    def __init__(self{slope}):";
        yield return "        super().__init__()";
        yield return Text($"        for n in range(1, {section.Depth + 1}):");
        yield return Text($"            inputs = {shape.Features} if n == 1 else {width}");
        yield return Text($"            setattr(self, f\"recurrent{{n}}\", {kind.PyTorch}(inputs, {width}{(kind.HasOwnActivation ? slope : ", batch_first=True")}))");
        yield return Text($"        self.output = nn.Linear({width}, {shape.Outputs})");
        yield return "";
        yield return $"    def forward(self, x{(shape.EveryOutput ? "" : ", lengths=None")}):";
        if (!shape.EveryOutput) yield return "        \"\"\"lengths: int64 (batch,), timesteps of each sequence; None where all have as many as x.\"\"\"";
        yield return Text($"        for n in range(1, {section.Depth + 1}):");
        yield return "            x, _ = getattr(self, f\"recurrent{n}\")(x)";
        if (section.Dropout > 0) yield return $"            x = nn.functional.dropout(x, {ActivationSource.Number(section.Dropout)}, self.training)";
        yield return shape.EveryOutput ? "        return self.output(x)"
            : "        return self.output(x[:, -1] if lengths is None else x[torch.arange(len(x)), lengths - 1])";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
