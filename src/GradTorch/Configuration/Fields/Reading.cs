namespace GradTorch.Configuration.Fields;

/// <summary>What came of reading a field: a typed value, or a complaint for the user.</summary>
internal readonly record struct Reading(object? Value, string? Complaint)
{
    public static Reading Accepted(object value) => new(value, null);

    public static Reading Refused(string complaint) => new(null, complaint);
}
