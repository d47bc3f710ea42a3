using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

/// <summary>What the variants of a grid are called.</summary>
public sealed class GridNamesTests
{
    private const string Forward = "model:activation:forward", Backward = "model:activation:backward";

    [Fact]
    public void Numbers_and_booleans_go_with_their_key_and_names_alone() => Assert.Equal(
        ["depth 5, tanh, nesterov false", "depth 5, tanh, nesterov true", "depth 5, relu, nesterov false", "depth 5, relu, nesterov true"],
        Names([null], Key("model:depth", 5, 20), Key(Forward, "tanh", "relu"), Key("training:optimizer:nesterov", false, true))[..4]);

    [Fact]
    public void What_all_have_is_left_out_unless_there_is_nothing_else()
    {
        Assert.Equal(["tanh", "relu"], Names([null], Key("model:depth", 5), Key(Forward, "tanh", "relu")));
        Assert.Equal(["depth 5, tanh"], Names([null], Key("model:depth", 5), Key(Forward, "tanh")));
        Assert.Equal(["a", "b"], Names(["a", "b"], Key("model:depth", 5)));
        Assert.Equal(["a"], Names(["a"], Key("model:depth", 5)));
    }

    [Fact]
    public void Names_of_two_keys_go_with_as_much_of_these_as_tells_them_apart()
    {
        Assert.Equal(
            ["forward sigmoid, backward exact", "forward sigmoid, backward sigmoid", "forward relu, backward exact", "forward relu, backward sigmoid"],
            Names([null], Key(Forward, "sigmoid", "relu"), Key(Backward, "exact", "sigmoid")));
        Assert.Equal(
            ["init gain 1, recurrentInit gain 1", "init gain 1, recurrentInit gain 2"],
            Names([null], Key("model:init:gain", 1.0, 3.0), Key("model:recurrentInit:gain", 1.0, 2.0))[..2]);
        Assert.Equal(["mlp, sgd", "mlp, adam"], Names([null], Key("model:kind", "mlp", "residual"), Key("training:optimizer:kind", "sgd", "adam"))[..2]);
    }

    [Fact]
    public void Every_name_is_that_of_a_variant_and_of_a_folder_of_its_own()
    {
        var names = Names(
            ["skip", "skip, tanh"], Key("data:path", new string('a', 90), new string('a', 91)), Key("data:delimiter", ",", ";"),
            Key("device", "cuda:0", "cuda:1"), Key(Forward, "tanh", "relu"), Key("model:init:mean", -1.0, 1.0, 1e-5));
        Assert.All(names, name => Assert.True(GradTorch.Configuration.Fields.VariantsNode.IsName(name), name));
        Assert.Equal(names.Length, names.Select(GradTorch.Runs.RunFolderName.Of).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("skip, path 1, delimiter 1, cuda 0, tanh, mean -1", names[0]);
    }

    [Fact]
    public void Names_too_long_or_too_like_for_folders_end_in_their_number()
    {
        var like = Names(["a b", "A-B"], Key("model:depth", 5, 6));
        Assert.Equal(["a b, depth 5 #1", "a b, depth 6 #2", "A-B, depth 5 #3", "A-B, depth 6 #4"], like);
        var name = Names([new string('x', 99)], Key("model:depth", 5, 6))[1];
        Assert.Equal(new string('x', 90) + " #2", name);
    }

    private static string[] Names(string?[] variants, params GridKey[] keys) => [.. GridNames.Of(variants, keys)];

    private static GridKey Key(string path, params object[] values) => new(path, [.. values.Select(value => new GridValue(path, value))]);
}
