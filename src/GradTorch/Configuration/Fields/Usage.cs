namespace GradTorch.Configuration.Fields;

/// <summary>A field that has a meaning only while another has one of some values.</summary>
internal sealed record Usage(Field Field, Field Decider, IReadOnlyList<string> Values)
{
    /// <summary>What the decider may be, for messages: "model:kind residual".</summary>
    public string Allowed => $"{Decider.Path} {string.Join(" or ", Values)}";
}
