using GradTorch.Configuration;

namespace GradTorch.Tests.Configuration;

public class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("rleu", "relu", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("tanh", "tanh", 0)]
    public void The_distance_counts_insertions_deletions_substitutions_and_swaps(string from, string to, int distance)
    {
        Assert.Equal(distance, NearestName.Distance(from, to));
        Assert.Equal(distance, NearestName.Distance(to, from));
    }

    [Theory]
    [InlineData("TANH", "tanh")]
    [InlineData("he-normel", "he-normal")]
    [InlineData("lecun", "lecun-normal")]
    [InlineData("xavier", null)]
    [InlineData("zeros", null)]
    [InlineData("", null)]
    public void Only_a_near_name_is_suggested(string given, string? nearest) => Assert.Equal(
        nearest, NearestName.Find(given, ["tanh", "xavier-normal", "xavier-uniform", "he-normal", "lecun-normal"]));
}
