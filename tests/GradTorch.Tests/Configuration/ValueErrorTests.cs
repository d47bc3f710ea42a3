using GradTorch.Activations;

namespace GradTorch.Tests.Configuration;

/// <summary>A value that can't be what it stands for: one error, with line, path, what was found, what is allowed.</summary>
public class ValueErrorTests
{
    private const string Integer = "an integer from 1 to 100000";
    /// <summary>In messages of theories, which take constants alone: the names of the registry.</summary>
    private const string Activations = "(activations)";

    [Theory]
    [InlineData("0", "found 0")]
    [InlineData("-3", "found -3")]
    [InlineData("2.5", "found 2.5")]
    [InlineData("2.0", "found 2.0")]
    [InlineData("1e2", "found 1e2")]
    [InlineData("2147483648", "found 2147483648")]
    [InlineData("99999999999999999999", "found 99999999999999999999")]
    [InlineData("\"20\"", "found the text '20'")]
    [InlineData("\"\"", "found the text ''")]
    [InlineData("\"a\\nb\"", "found the text 'a\\u000ab'")]
    [InlineData("true", "found true")]
    [InlineData("null", "found null")]
    [InlineData("[20]", "found a list")]
    [InlineData("{ \"layers\": 20 }", "found a section")]
    public void An_integer_in_a_file_is_an_integer_in_its_range(string json, string found)
    {
        using var file = new ExperimentFile($$"""
            {
              "model": {
                "depth": {{json}}
              }
            }
            """);
        Assert.Equal([$"x.json:3: model:depth: {found}; allowed: {Integer}"], file.Errors());
    }

    [Theory]
    [InlineData("0", "found 0")]
    [InlineData("-0.1", "found -0.1")]
    [InlineData("1e400", "found 1e400")]
    [InlineData("-1e400", "found -1e400")]
    [InlineData("\"0.1\"", "found the text '0.1'")]
    [InlineData("\"NaN\"", "found the text 'NaN'")]
    [InlineData("false", "found false")]
    [InlineData("[]", "found a list")]
    public void A_number_in_a_file_is_finite_and_in_its_range(string json, string found)
    {
        using var file = new ExperimentFile($$"""{ "training": { "optimizer": { "lr": {{json}} } } }""");
        Assert.Equal([$"x.json:1: training:optimizer:lr: {found}; allowed: a finite number above 0"], file.Errors());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-0.5")]
    public void A_threshold_of_clipping_is_above_0(string json)
    {
        using var file = new ExperimentFile($$"""{ "training": { "clip": { "kind": "norm", "threshold": {{json}} } } }""");
        Assert.Equal([$"x.json:1: training:clip:threshold: found {json}; allowed: a finite number above 0"], file.Errors());
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("∞")]
    [InlineData("1e400")]
    [InlineData("0,01")]
    [InlineData("1,000")]
    [InlineData(" 0.1")]
    [InlineData("")]
    [InlineData("0x10")]
    public void A_number_on_the_command_line_is_finite_and_in_its_range(string text)
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(
            [$"command line: training:optimizer:lr: found '{text}'; allowed: a finite number above 0"],
            file.Errors([$"--training:optimizer:lr={text}"]));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("-0.1")]
    public void A_bound_that_is_left_out_of_the_range_is_refused(string momentum)
    {
        using var file = new ExperimentFile($$"""{ "training": { "optimizer": { "momentum": {{momentum}} } } }""");
        Assert.Equal(
            [$"x.json:1: training:optimizer:momentum: found {momentum}; allowed: a finite number of at least 0 and below 1"],
            file.Errors());
    }

    [Fact]
    public void A_bound_that_belongs_to_the_range_is_taken()
    {
        using var file = new ExperimentFile("""{ "model": { "activation": { "forward": "leaky-relu", "negativeSlope": 1 } } }""");
        Assert.Equal(1.0, file.Load().Model.Activation.NegativeSlope);
    }

    [Theory]
    [InlineData("\"rleu\"", $"'rleu' is not an activation; allowed: {Activations}; did you mean 'relu'?")]
    [InlineData("\"ReLU\"", $"'ReLU' is not an activation; allowed: {Activations}; did you mean 'relu'?")]
    [InlineData("\"leakyrelu\"", $"'leakyrelu' is not an activation; allowed: {Activations}; did you mean 'leaky-relu'?")]
    [InlineData("\"sigmo\"", $"'sigmo' is not an activation; allowed: {Activations}; did you mean 'sigmoid'?")]
    [InlineData("\"swish\"", $"'swish' is not an activation; allowed: {Activations}")]
    [InlineData("3", $"found 3; allowed: {Activations}")]
    [InlineData("null", $"found null; allowed: {Activations}")]
    public void A_name_is_one_of_its_registry(string json, string message)
    {
        using var file = new ExperimentFile($$"""
            {
              "model": {
                "activation": {

                  "forward": {{json}} } }
            }
            """);
        var expected = message.Replace(Activations, string.Join(", ", ActivationRegistry.Names), StringComparison.Ordinal);
        Assert.Equal([$"x.json:5: model:activation:forward: {expected}"], file.Errors());
    }

    [Theory]
    [InlineData("sigmoid-functon", "; did you mean 'sigmoid-function'?")]
    [InlineData("Exact", "; did you mean 'exact'?")]
    [InlineData("swish", "")]
    public void A_backward_is_exact_or_a_surrogate(string name, string suggestion)
    {
        using var file = new ExperimentFile($$$"""{ "model": { "activation": { "backward": "{{{name}}}" } } }""");
        var surrogates = string.Join(", ", SurrogateRegistry.All.Select(entry => entry.Name));
        Assert.Equal(
            [$"x.json:1: model:activation:backward: '{name}' is not a surrogate; allowed: exact, {surrogates}{suggestion}"], file.Errors());
    }

    [Theory]
    [InlineData("0", "found 0")]
    [InlineData("-1", "found -1")]
    [InlineData("\"1\"", "found the text '1'")]
    public void The_scale_of_a_surrogate_is_above_0(string json, string found)
    {
        using var file = new ExperimentFile($$$"""{ "model": { "activation": { "backwardScale": {{{json}}} } } }""");
        Assert.Equal([$"x.json:1: model:activation:backwardScale: {found}; allowed: a finite number above 0"], file.Errors());
    }

    [Theory]
    [InlineData("precision", "flaot16", "'flaot16' is not a precision; allowed: float32, tf32, float64, bfloat16, float16; did you mean 'float16'?")]
    [InlineData("precision", "0", "'0' is not a precision; allowed: float32, tf32, float64, bfloat16, float16")]
    [InlineData("denormals", "kep", "'kep' is not a treatment of denormals; allowed: flush, keep; did you mean 'keep'?")]
    [InlineData("device", "gpu", "found 'gpu'; allowed: auto, cpu, cuda, cuda:N with N from 0 to 999")]
    [InlineData("device", "cuda:-1", "found 'cuda:-1'; allowed: auto, cpu, cuda, cuda:N with N from 0 to 999")]
    [InlineData("device", "cpu\n", "found 'cpu\\u000a'; allowed: auto, cpu, cuda, cuda:N with N from 0 to 999")]
    [InlineData("output", "", "found ''; allowed: text that is not empty")]
    [InlineData("training:clip:kind", "norms", "'norms' is not a way to clip; allowed: none, norm, value; did you mean 'norm'?")]
    [InlineData("training:clip:scope", "layers", "'layers' is not a scope; allowed: total, layer; did you mean 'layer'?")]
    [InlineData("training:schedule:kind", "cosin", "'cosin' is not a schedule; allowed: constant, step, cosine, plateau; did you mean 'cosine'?")]
    [InlineData("training:optimizer:kind", "adamx", "'adamx' is not an optimiser; allowed: sgd, adam, adamw, rmsprop; did you mean 'adam'?")]
    [InlineData("training:optimizer:nesterov", "yes", "found 'yes'; allowed: true, false")]
    public void A_word_is_one_of_those_allowed(string key, string text, string message)
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal([$"command line: {key}: {message}"], file.Errors([$"--{key}={text}"]));
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("two words")]
    public void A_name_that_makes_no_plain_folder_is_refused(string name)
    {
        using var file = new ExperimentFile($$"""{ "name": "{{name}}" }""");
        Assert.Equal(
            [$"x.json:1: name: found the text '{name}'; allowed: 1 to 100 letters, digits, '.', '_' or '-', a letter or digit at either end"],
            file.Errors());
    }

    [Theory]
    [InlineData("3", "found 3")]
    [InlineData("\"mlp\"", "found the text 'mlp'")]
    [InlineData("null", "found null")]
    [InlineData("[]", "found a list")]
    public void A_scalar_where_a_section_belongs_is_one_error(string json, string found)
    {
        using var file = new ExperimentFile($$"""{ "seeds": {{json}} }""");
        Assert.Equal([$"x.json:1: seeds: {found}; allowed: a section with the keys first, count"], file.Errors());
    }

    [Fact]
    public void A_section_below_a_scalar_is_one_error_on_the_command_line_too()
    {
        using var file = new ExperimentFile("{}");
        Assert.Equal(
            [$"command line: model:depth: found a section; allowed: {Integer}"], file.Errors(["--model:depth:layers", "3"]));
        Assert.Equal(
            ["command line: seeds: found '3'; allowed: a section with the keys first, count"], file.Errors(["--seeds", "3"]));
    }

    [Fact]
    public void A_very_long_text_is_cut_in_the_message()
    {
        using var file = new ExperimentFile($$"""{ "device": "{{new string('x', 100_000)}}" }""");
        Assert.Equal(
            [$"x.json:1: device: found the text '{new string('x', 60)}…'; allowed: auto, cpu, cuda, cuda:N with N from 0 to 999"],
            file.Errors());
    }
}
