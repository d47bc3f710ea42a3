namespace GradTorch.Configuration.Fields;

/// <summary>A field that has a meaning only while another has one of some values.</summary>
/// <param name="Section">Where the decider stands, and the field or a section that holds it.</param>
/// <param name="Key">Name of the field, or of the section of it that stands beside the decider.</param>
internal sealed record Usage(Section Section, string Key, Field Field, ChoiceField Decider, UsedWithAttribute With)
{
    private IReadOnlyList<string> Values =>
        With.Values.Count > 0 ? With.Values : RegistryOfAttribute.UsersOf(Decider.Noun, Key);

    /// <summary>What the decider may be, for messages: "model:kind residual".</summary>
    public string Allowed => With.Except is { } except
        ? $"another {Decider.Path} than {except}"
        : $"{Decider.Path} {string.Join(" or ", Values)}";

    /// <summary>Whether the field has a meaning while the decider is that.</summary>
    public bool IsMetBy(string decided) => With.Except is { } except ? decided != except : Values.Contains(decided);
}
