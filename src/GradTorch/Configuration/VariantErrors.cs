using GradTorch.Configuration.Fields;

namespace GradTorch.Configuration;

/// <summary>Errors of the variants of a study, each told once with the variants that have it.</summary>
internal static class VariantErrors
{
    /// <summary>Variants that are named one by one.</summary>
    private const int MostNamed = 3;

    /// <param name="found">Each error with the variant that has it, in the order in which they are told.</param>
    public static IEnumerable<ConfigurationError> Merge(IEnumerable<(string Variant, ConfigurationError Error)> found) =>
        found.GroupBy(one => one.Error, one => one.Variant).Select(group => In([.. group.Distinct()], group.Key));

    private static ConfigurationError In(string[] variants, ConfigurationError error)
    {
        if (variants is [var only] && Section.Variants.Split(error.Path)?.Name is { } named && only.Equals(named, StringComparison.OrdinalIgnoreCase))
        {
            return error;
        }

        string more = variants.Length > MostNamed ? FormattableString.Invariant($" and {variants.Length - MostNamed} more") : "";
        string names = string.Join(", ", variants.Take(MostNamed).Select(name => $"'{name}'"));
        return error with { Message = $"{error.Message} (in the {(variants.Length == 1 ? "variant" : "variants")} {names}{more})" };
    }
}
