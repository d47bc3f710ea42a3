using GradTorch.Configuration.Fields;
using GradTorch.Configuration.Sources;

namespace GradTorch.Configuration;

/// <summary>A key of a grid with its list where it stands.</summary>
/// <param name="Rank">Of its source: 0 is the file, 1 the environment, 2 the command line.</param>
/// <param name="Setting">The list.</param>
/// <param name="Item">The field whose values it holds.</param>
internal sealed record GridList(int Rank, Setting Setting, Field Item, IReadOnlyList<object> Values)
{
    public GridKey Key => new(Item.Path, [.. Values.Select(value => new GridValue(Item.Path, value))]);
}

/// <summary>One combination of the values of a grid.</summary>
/// <param name="Picks">Of each list, which of its values.</param>
internal sealed record GridCell(IReadOnlyList<(GridList List, int Index)> Picks)
{
    public ValueList<GridValue> Values => [.. Picks.Select(pick => new GridValue(pick.List.Item.Path, pick.List.Values[pick.Index]))];

    public bool Has(Field field) => Picks.Any(pick => pick.List.Item == field);

    /// <summary>All of them, the last list fastest; none where there is no list.</summary>
    public static IReadOnlyList<GridCell> Of(IReadOnlyList<GridList> lists)
    {
        IEnumerable<(GridList, int)[]> none = [[]];
        return lists.Count == 0 ? [] :
        [
            .. lists.Aggregate(
                none,
                (begun, list) => begun.SelectMany(
                    picks => Enumerable.Range(0, list.Values.Count), (picks, index) => ((GridList, int)[])[.. picks, (list, index)]))
                .Select(picks => new GridCell(picks)),
        ];
    }

    /// <summary>The keys whose lists are in that source, each with its one value.</summary>
    public IEnumerable<Setting> SettingsOf(int rank) =>
        from pick in Picks
        where pick.List.Rank == rank
        let list = pick.List.Setting
        select list with { Path = pick.List.Item.Path, Found = ListField.ItemsOf(list.Found)[pick.Index] };
}
