using System.Globalization;
using GradTorch.Configuration;
using GradTorch.Models.Norms;

namespace GradTorch.Models.PyTorch;

/// <summary>A member of an mlp or a residual net in Python, with the names that <see cref="HiddenLayer"/> gives its parts.</summary>
internal static class FeedForwardSource
{
    /// <param name="ownSlopes">Members differ in their slopes, with which the network is made.</param>
    /// <param name="skip">Null without.</param>
    public static string Of(ModelShape shape, bool ownSlopes, SkipSection? skip) => string.Join('\n',
    [
        .. Layers(shape, ownSlopes, skip is not null), "", .. Activate(shape.Section, ActivationSource.Of(shape.Section.Activation, ownSlopes)), "",
        .. skip is null ? Forward(shape.Section) : Forward(shape, skip),
    ]);

    private static IEnumerable<string> Layers(ModelShape shape, bool ownSlopes, bool skips)
    {
        var (section, width) = (shape.Section, shape.Section.Width);
        var activation = ActivationSource.Of(section.Activation, ownSlopes);
        yield return "class Net(nn.Module):";
        yield return $"    def __init__(self{(ownSlopes ? ", slope" : "")}):";
        yield return "        super().__init__()";
        if (ownSlopes) yield return "        self.slope = slope";
        yield return Text($"        for n in range(1, {section.Depth + 1}):");
        yield return Text($"            setattr(self, f\"hidden{{n}}\", nn.Linear({shape.Features} if n == 1 else {width}, {width}))");
        if (NormRegistry.Find(section.Norm).PyTorch is { } norm) yield return Text($"            setattr(self, f\"norm{{n}}\", {norm}({width}))");
        if (activation.Learns) yield return $"            setattr(self, f\"activation{{n}}\", {activation.Expression})";
        yield return Text($"        self.output = nn.Linear({width}, {shape.Outputs})");
        if (skips && shape.Features != width) yield return Text($"        self.projection = nn.Linear({shape.Features}, {width}, bias=False)");
    }

    private static IEnumerable<string> Activate(ModelSection section, ActivationSource activation)
    {
        var normalises = NormRegistry.Find(section.Norm).PyTorch is not null;
        yield return "    def preactivate(self, a, n):";
        yield return "        z = getattr(self, f\"hidden{n}\")(a)";
        yield return normalises && section.NormPlace == NormPlace.BeforeActivation ? "        return getattr(self, f\"norm{n}\")(z)" : "        return z";
        yield return "";
        yield return "    def activate(self, z, n):";
        yield return $"        a = {(activation.Learns ? "getattr(self, f\"activation{n}\")(z)" : activation.Expression)}";
        if (normalises && section.NormPlace == NormPlace.AfterActivation) yield return "        a = getattr(self, f\"norm{n}\")(a)";
        yield return section.Dropout > 0 ? $"        return nn.functional.dropout(a, {ActivationSource.Number(section.Dropout)}, self.training)" : "        return a";
    }

    private static string[] Forward(ModelSection section) =>
    [
        "    def forward(self, x):",
        Text($"        for n in range(1, {section.Depth + 1}):"),
        "            x = self.activate(self.preactivate(x, n), n)",
        "        return self.output(x)",
    ];

    private static string[] Forward(ModelShape shape, SkipSection skip)
    {
        var section = shape.Section;
        var branch = $"{ActivationSource.Number(skip.Scale.At(section.Depth))} * ";
        string[] join = skip.Join == SkipJoin.BeforeActivation
            ? [$"                skip = skip + {branch}self.preactivate(x, n)", "                x = self.activate(skip, n)"]
            : [$"                skip = x = skip + {branch}self.activate(self.preactivate(x, n), n)"];
        return
        [
            "    def forward(self, x):",
            $"        skip = {(shape.Features == section.Width ? "x" : "self.projection(x)")}",
            Text($"        for n in range(1, {section.Depth + 1}):"),
            Text($"            if n % {skip.Every} == 0:"),
            .. join,
            "            else:",
            "                x = self.activate(self.preactivate(x, n), n)",
            "        return self.output(x)",
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
