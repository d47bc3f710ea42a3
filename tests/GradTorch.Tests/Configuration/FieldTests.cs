using GradTorch.Configuration;
using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;

namespace GradTorch.Tests.Configuration;

/// <summary>What every field of every record promises.</summary>
public class FieldTests
{
    public static TheoryData<string> Paths => [.. Section.Experiment.Fields.Select(leaf => leaf.Path)];

    public static TheoryData<string> Keys => [.. Section.Experiment.Descendants.Select(node => node.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_default_is_inside_its_own_range(string path)
    {
        var field = (Field)Section.Experiment.Follow(path).Reached;
        if (field.Default is { } value)
        {
            Assert.Equal(new Reading(field.Default, null), field.Read(new Found(FoundKind.Word, field.ToText(value))));
        }
        else
        {
            Assert.True(field.IsOptional, "a field that needs a value has none");
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_description_is_one_sentence_or_few(string path) =>
        Assert.Matches(@"^\S.{8,120}\.$", Section.Experiment.Follow(path).Reached.Description);

    [Fact]
    public void The_defaults_break_no_rule()
    {
        using var file = new ExperimentFile(ExperimentWriter.ToJson(new Experiment()));
        Assert.Equal(new Experiment(), file.Load());
    }
}
