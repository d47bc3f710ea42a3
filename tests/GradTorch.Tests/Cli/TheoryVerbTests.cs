using System.Text.Json;
using GradTorch.Cli;
using GradTorch.Cli.Theories;

namespace GradTorch.Tests.Cli;

public sealed class TheoryVerbTests
{
    public static TheoryData<string> Kinds => [.. TheoryRegistry.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_kind_answers_without_options_and_names_its_source_or_formula(string kind)
    {
        var invoked = Invoked.With("theory", kind);
        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        Assert.Matches("arXiv|artanh", invoked.Output);
        Assert.Contains($"  {kind}: ", Invoked.With("theory", "--help").Output);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_option_of_a_kind_is_declared_by_the_verb_once(string kind)
    {
        var help = Invoked.With("theory", "--help").Output;
        Assert.All(
            TheoryRegistry.All.Single(one => one.Name == kind).Options,
            option => Assert.Single(help.Split('\n'), line => line.StartsWith($"  {option.Synopsis} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Slope_tells_thresholds_and_the_best_n()
    {
        var json = Json("slope", "--n", "2", "--depth", "50");
        Assert.Equal(
            ["n", "depth", "max_slope", "threshold_1", "threshold_2", "threshold_depth", "best_n_1", "best_n_2", "best_n_depth"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.44068679350977147, Number(json, "threshold_1"), 14);
        Assert.Equal(1.8101705806989772, Number(json, "best_n_2"), 14);
        Assert.Contains("0.4407", Invoked.With("theory", "slope").Output);
    }

    [Fact]
    public void Without_steep_units_there_is_no_threshold()
    {
        Assert.Equal(JsonValueKind.Null, Json("slope", "--n", "1").GetProperty("threshold_1").ValueKind);
        Assert.Contains("With n ≤ 1 no unit is steeper than 1", Invoked.With("theory", "slope", "--n", "0.5").Output);
    }

    [Fact]
    public void Mean_field_tells_fixed_points_and_depth_scales()
    {
        var json = Json("mean-field", "--weight-variance", "3", "--bias-variance", "0.05");
        Assert.Equal(
            ["length", "q", "chi", "chi_forward", "xi_gradient", "xi_length", "correlation", "xi_correlation", "phase"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1.4280084621964724, Number(json, "q"), 9);
        Assert.Equal(1.2089344240611168, Number(json, "chi"), 9);
        Assert.Equal(0.2993176418150936, Number(json, "correlation"), 9);
        Assert.Equal("chaotic", json.GetProperty("phase").GetString());
        Assert.Contains("Gradients grow", Invoked.With("theory", "mean-field", "--weight-variance", "3").Output);
    }

    [Fact]
    public void What_has_no_fixed_point_is_told_in_words()
    {
        var json = Json("mean-field", "--activation", "relu", "--weight-variance", "3");
        Assert.Equal(("diverges", "Infinity"), (json.GetProperty("length").GetString(), json.GetProperty("q").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("correlation").ValueKind);
        Assert.Contains("without end", Invoked.With("theory", "mean-field", "--activation", "relu", "--weight-variance", "3").Output);
        Assert.Contains("get smaller", Invoked.With("theory", "mean-field", "--activation", "relu").Output);
        Assert.Contains("every q is a fixed point", Invoked.With("theory", "mean-field", "--activation", "prelu", "--weight-variance", "1.8823529411764706").Output);
    }

    [Fact]
    public void A_residual_net_is_told_layer_by_layer()
    {
        var layers = Json("mean-field", "--model", "residual", "--every", "2", "--depth", "10", "--scale", "1/sqrt(depth)").GetProperty("layers");
        Assert.Equal(10, layers.GetArrayLength());
        Assert.Equal(["layer", "q", "ln_gradient", "ln_gain"], layers[0].EnumerateObject().Select(property => property.Name));
        Assert.Contains("1712.08969", Invoked.With("theory", "mean-field", "--model", "residual", "--join", "after-activation").Output);
    }

    [Fact]
    public void Critical_tells_the_weight_variance()
    {
        var json = Json("critical", "--bias-variance", "0.05");
        Assert.Equal(1.760954639606739, Number(json, "weight_variance"), 9);
        Assert.Equal(0.5700478816407644, Number(json, "q"), 9);
        Assert.Equal(JsonValueKind.Null, Json("critical", "--activation", "sign").GetProperty("weight_variance").ValueKind);
        Assert.Contains("No σw²", Invoked.With("theory", "critical", "--activation", "sign").Output);
    }

    [Fact]
    public void Recurrent_tells_the_bound_and_its_logarithm()
    {
        var json = Json("recurrent", "--activation", "sigmoid", "--norm", "1.1", "--steps", "5000");
        Assert.Equal((0.25, 0.275), (Number(json, "gamma"), Math.Round(Number(json, "rate"), 15)));
        Assert.Equal(0, Number(json, "bound"));
        Assert.Equal(5000 * Math.Log(0.275), Number(json, "ln_bound"), 8);
        Assert.Contains("nothing comes back", Invoked.With("theory", "recurrent", "--activation", "sign").Output);
    }

    [Theory]
    [InlineData("theory needs KIND: slope, mean-field, critical, recurrent; as in: gradtorch theory slope --n 2 --depth 50")]
    [InlineData("theory KIND: found 'critic'; allowed: slope, mean-field, critical, recurrent; did you mean 'critical'?", "critic")]
    [InlineData("theory slope: found --alpha; allowed: --n, --depth", "slope", "--alpha", "2")]
    [InlineData("'--lambda' is not expected here; usage: gradtorch theory KIND [--option value …] [--json]", "recurrent", "--lambda", "2")]
    [InlineData("--n: found '0'; allowed: a number above 0", "slope", "--n", "0")]
    [InlineData("--n: found '-1'; allowed: a number above 0", "slope", "--n", "-1")]
    [InlineData("--depth: found '0'; allowed: an integer from 1 to 1000000", "slope", "--depth", "0")]
    [InlineData("--weight-variance: found 'NaN'; allowed: a number above 0", "mean-field", "--weight-variance", "NaN")]
    [InlineData("--bias-variance: found '-1'; allowed: a number of at least 0", "critical", "--bias-variance", "-1")]
    [InlineData("--alpha: found with --activation tanh; allowed: with elu", "mean-field", "--alpha", "2")]
    [InlineData("--backward-scale: found with --backward exact; allowed: with a surrogate", "critical", "--backward-scale", "2")]
    [InlineData("--every: found with --model mlp; allowed: with residual", "mean-field", "--every", "2")]
    [InlineData("--every: found 3 with --depth 10; allowed: what divides the depth", "mean-field", "--model", "residual", "--every", "3", "--depth", "10")]
    [InlineData("--scale: found '1/depth'; allowed: a number above 0, 1/sqrt(depth)", "mean-field", "--model", "residual", "--scale", "1/depth")]
    public void What_is_wrong_is_told_with_what_is_allowed(string message, params string[] arguments) =>
        Invoked.With(["theory", .. arguments]).AssertRefused(message);

    [Fact]
    public void A_name_nearly_right_is_understood()
    {
        Assert.Contains("did you mean 'sigmoid'?", Invoked.With("theory", "recurrent", "--activation", "sigmoyd").Error);
        Assert.Contains("did you mean 'arctan'?", Invoked.With("theory", "critical", "--backward", "arctn").Error);
    }

    [Fact]
    public void It_is_the_same_with_decimal_commas()
    {
        using var comma = new CommaDecimal();
        Assert.Contains("0.4407", Invoked.With("theory", "slope", "--n", "2.0").Output);
        Assert.Contains("χ₁      0.9386", Invoked.With("theory", "mean-field", "--weight-variance", "1.5", "--bias-variance", "0.05").Output);
    }

    private static JsonElement Json(params string[] arguments)
    {
        var invoked = Invoked.With(["theory", .. arguments, "--json"]);
        Assert.Equal((ExitCode.Done, ""), (invoked.Exit, invoked.Error));
        return invoked.Json;
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();
}
