using System.Globalization;
using GradTorch.Runs.TensorBoard;
using MathNet.Numerics.Statistics;

namespace GradTorch.Studies;

/// <summary>One line of every chart: TensorBoard draws those of several folders together. It is a member, or one of the three of the band
/// that many members make.</summary>
internal sealed class TensorBoardLine : IDisposable
{
    /// <summary>Members that have a line each.</summary>
    public const int MostMembers = 8;

    private readonly EventFile _file;
    private readonly int[] _members;
    private readonly Func<double[], double> _of;
    private readonly bool _showsHistograms;

    private TensorBoardLine(string folder, long firstStep, int[] members, Func<double[], double> of, bool showsHistograms)
    {
        (_members, _of, _showsHistograms) = (members, of, showsHistograms);
        _file = EventFile.Create(folder, firstStep);
    }

    /// <summary>Each member in a folder of its own, or with more than <see cref="MostMembers"/> of them mean, minimum and maximum over those
    /// that still train. These are NaN at the step at which a member meets a NaN: what goes wrong in one does not vanish behind the
    /// others.</summary>
    /// <exception cref="IOException">They can't be written.</exception>
    public static IReadOnlyList<TensorBoardLine> Of(string folder, int members, long firstStep)
    {
        int[] all = [.. Enumerable.Range(0, members)];
        return members <= MostMembers
            ? [.. all.Select(member => Line(string.Create(CultureInfo.InvariantCulture, $"member-{member}"), [member], values => values[0]))]
            : [Line("mean", all, ArrayStatistics.Mean), Line("minimum", all, ArrayStatistics.Minimum, false), Line("maximum", all, ArrayStatistics.Maximum, false)];

        TensorBoardLine Line(string name, int[] members, Func<double[], double> of, bool showsHistograms = true) =>
            new(Path.Combine(folder, name), firstStep, members, of, showsHistograms);
    }

    /// <summary>Adds a step, if any member is still there.</summary>
    /// <param name="lastSteps">The last step that is wanted of each member.</param>
    public void Add(long step, IReadOnlyList<long> lastSteps, IEnumerable<TensorBoardChart> charts)
    {
        int[] members = [.. _members.Where(member => step <= lastSteps[member])];
        if (members.Length == 0) return;
        using var summary = new Summary();
        foreach (var chart in charts)
        {
            if (chart.FirstExponent is not { } first) summary.AddScalar(chart.Tag, _of([.. members.Select(member => chart.Of(member)[0])]));
            else if (_showsHistograms) summary.AddPowersOfTen(chart.Tag, first, Sum(chart, members));
        }
        _file.Add(step, summary);
    }

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private static double[] Sum(TensorBoardChart chart, int[] members)
    {
        var sum = new double[chart.Width];
        foreach (var member in members)
        {
            var counts = chart.Of(member);
            for (var power = 0; power < sum.Length; power++) sum[power] += counts[power];
        }
        return sum;
    }
}
