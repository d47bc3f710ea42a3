namespace GradTorch.Runs;

/// <summary>A member's status as the database has it.</summary>
internal static class MemberStatusText
{
    private static readonly string[] Texts =
        [.. Enum.GetNames<MemberStatus>().Select(name => name.ToLowerInvariant())];

    public static string Of(MemberStatus status) => Texts[(int)status];

    public static MemberStatus Parse(string text) => (MemberStatus)Array.IndexOf(Texts, text);
}
