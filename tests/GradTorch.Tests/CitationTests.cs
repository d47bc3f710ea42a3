using System.Text.RegularExpressions;
using GradTorch.Activations;
using GradTorch.Data;
using GradTorch.Initialisation;
using GradTorch.Models.Norms;
using GradTorch.Training;

namespace GradTorch.Tests;

/// <summary>What the registries cite: the papers' numbers with the authors who wrote them.</summary>
public sealed partial class CitationTests
{
    /// <summary>First author, and the year of publication, which may be later than arXiv's.</summary>
    private static readonly Dictionary<string, (string Author, string Year)> Papers = new()
    {
        ["1211.5063"] = ("Pascanu", "2013"),
        ["1308.0850"] = ("Graves", "2013"),
        ["1308.3432"] = ("Bengio", "2013"),
        ["1312.6120"] = ("Saxe", "2014"),
        ["1412.6980"] = ("Kingma", "2015"),
        ["1502.01852"] = ("He", "2015"),
        ["1502.03167"] = ("Ioffe", "2015"),
        ["1504.00941"] = ("Le", "2015"),
        ["1511.06422"] = ("Mishkin", "2016"),
        ["1511.06464"] = ("Arjovsky", "2016"),
        ["1602.02830"] = ("Courbariaux", "2016"),
        ["1606.05340"] = ("Poole", "2016"),
        ["1607.06450"] = ("Ba", "2016"),
        ["1608.03983"] = ("Loshchilov", "2017"),
        ["1708.07747"] = ("Xiao", "2017"),
        ["1711.05101"] = ("Loshchilov", "2019"),
        ["1803.09574"] = ("Bellec", "2018"),
        ["1810.08646"] = ("Shrestha", "2018"),
        ["2005.11633"] = ("Yin", "2020"),
        ["2007.05785"] = ("Fang", "2021"),
        ["2505.22074"] = ("Horuz", "2025"),
    };

    private static IEnumerable<string> References =>
    [
        .. SurrogateRegistry.All.Select(entry => entry.Source), .. InitialiserRegistry.All.Select(entry => entry.Reference),
        .. NormRegistry.All.Select(entry => entry.Reference), .. DataSourceRegistry.All.Select(entry => entry.Reference),
        .. OptimizerRegistry.All.Select(entry => entry.Reference), .. ScheduleRegistry.All.Select(entry => entry.Reference),
        .. ClipRegistry.All.Select(entry => entry.Reference), .. RegulariserRegistry.All.Select(entry => entry.Reference),
    ];

    [Fact]
    public void Every_paper_is_cited_by_its_first_author_and_year()
    {
        var cited = References.SelectMany(reference => Citation().Matches(reference)).ToList();
        Assert.All(cited, citation =>
        {
            var (author, year) = Papers[citation.Groups["number"].Value];
            Assert.Equal((author, year), (citation.Groups["author"].Value, citation.Groups["year"].Value));
        });
        Assert.Equal(Papers.Keys.Order(), cited.Select(citation => citation.Groups["number"].Value).Distinct().Order());
        // None is written in a way that the pattern misses.
        Assert.Equal(References.Sum(reference => Number().Count(reference)), cited.Count);
    }

    /// <summary>The two halves, and the sizes of the copy memory problem, are of Arjovsky et al.; the tenths of Pascanu et al.</summary>
    [Theory]
    [InlineData("adding", "1511.06464")]
    [InlineData("copy-memory", "1511.06464")]
    [InlineData("temporal-order", "1211.5063")]
    public void A_task_cites_those_who_pose_it_as_it_is(string source, string paper) =>
        Assert.Contains(paper, DataSourceRegistry.Find(source).Reference);

    /// <summary>What it is called, if it has a name in capitals; authors from the first on; year; number.</summary>
    [GeneratedRegex(@"(?:^|; )(?:[A-Z]{3,}, )?(?<author>\p{Lu}\w+)[^;\d]*(?<year>\d{4})[^;\d]*, arXiv (?<number>\d{4}\.\d{4,5})")]
    private static partial Regex Citation();

    [GeneratedRegex(@"arXiv.?\d")]
    private static partial Regex Number();
}
