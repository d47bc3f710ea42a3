using System.Text.Json;
using System.Text.RegularExpressions;
using GradTorch.Cli;
using GradTorch.Quantities;
using GradTorch.Tests.Configuration;
using GradTorch.Tests.Data;

namespace GradTorch.Tests.Cli;

public sealed class ProbeVerbTests
{
    private static readonly string Smoke = Path.Combine(ConfigsFolder.Path, "smoke.json");

    [FactWithFashionMnist]
    public void Every_member_and_layer_has_the_columns_of_the_database()
    {
        using var culture = new CommaDecimal();
        var invoked = Invoked.With("probe", Smoke, "--json", "--device", "cpu", "--model:depth", "3", "--seeds:first", "5");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        var members = invoked.Json.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal([(0, 5), (1, 6)], members.Select(member => (Int(member, "member"), Int(member, "seed"))));
        Assert.All(members, member => Assert.InRange(member.GetProperty("loss").GetDouble(), 1.5, 4));
        Assert.All(members, member => Assert.Equal(
            ["hidden1", "hidden2", "hidden3", "output"],
            member.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("layer_name").GetString())));
        Assert.All(members.SelectMany(member => member.GetProperty("layers").EnumerateArray()), AssertColumns);
    }

    [FactWithFashionMnist]
    public void What_is_not_finite_is_a_string()
    {
        var invoked = Invoked.With(
            "probe", Smoke, "--json", "--device", "cpu", "--model:activation:forward", "identity", "--model:init:gain", "1e30");

        var layers = invoked.Json.GetProperty("members")[0].GetProperty("layers");
        Assert.Equal("NaN", layers[4].GetProperty("activation_mean").GetString());
        Assert.True(layers[4].GetProperty("nonfinite").GetInt64() > 0);
    }

    [FactWithFashionMnist]
    public void People_get_a_table_of_the_layers()
    {
        var invoked = Invoked.With("probe", Smoke, "--device", "cpu", "--model:depth", "40");

        Assert.Equal(ExitCode.Done, invoked.Exit);
        Assert.StartsWith("medians of 2 members, loss 2.", invoked.Output);
        var rows = invoked.Output.Split('\n').Where(line => Regex.IsMatch(line, "^ (hidden|output)")).ToList();
        Assert.InRange(rows.Count, 15, 22);
        Assert.StartsWith(" hidden1 ", rows[0]);
        Assert.StartsWith(" hidden40 ", rows[^2]);
        Assert.StartsWith(" output ", rows[^1]);
    }

    private static void AssertColumns(JsonElement layer)
    {
        Assert.Equal(
            ["layer", "layer_name", .. LayerQuantities.Columns, "ln_weight_gradient", "ln_bias_gradient", "ln_preactivation_gradient", "ln_activation_gradient", "weight_gain", "activation_gain"], layer.EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, layer.GetProperty("update").ValueKind);
        Assert.True(layer.GetProperty("weight_gradient").GetDouble() > 0);
        Assert.Equal(0, layer.GetProperty("nonfinite").GetInt64());
    }

    private static int Int(JsonElement element, string property) => element.GetProperty(property).GetInt32();
}
