namespace GradTorch.Configuration;

/// <summary>What somebody who mistyped a name probably meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The name that <paramref name="given"/> begins (when that is one name only), else the name with the smallest
    /// <see cref="Distance"/>, if at most a third of its letters are wrong; null when none is near. Case does not
    /// count. Texts too long for any name cost nothing.
    /// </summary>
    public static string? Find(string given, IEnumerable<string> names)
    {
        var known = names.ToList();
        var begun = known.Where(
            name => given.Length >= 3 && name.StartsWith(given, StringComparison.OrdinalIgnoreCase));
        var near = known
            .Where(name => Math.Abs(given.Length - name.Length) <= Math.Max(1, name.Length / 3))
            .Select(name => (Name: name, Distance: Distance(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Min(given.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name);
        return begun.Take(2).ToList() is [var only] ? only : near.FirstOrDefault();
    }

    /// <summary>
    /// Damerau-Levenshtein distance (optimal string alignment): the fewest insertions, deletions, substitutions and
    /// swaps of neighbours that turn one text into the other.
    /// </summary>
    public static int Distance(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (int j = 0; j <= to.Length; j++)
        {
            cost[0, j] = j;
        }

        for (int i = 1; i <= from.Length; i++)
        {
            for (int j = 1; j <= to.Length; j++)
            {
                int substitution = cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitution, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
