using System.Globalization;
using GradTorch.Activations;
using GradTorch.Configuration;

namespace GradTorch.Models.PyTorch;

/// <summary>An activation in Python.</summary>
/// <param name="Expression">Of the pre-activation z; of a module where it learns a number.</param>
/// <param name="Learns">Each layer has a module of its own.</param>
internal sealed record ActivationSource(string Expression, bool Learns)
{
    /// <param name="ownSlopes">Members differ in their slopes, which the network is given as <c>self.slope</c>.</param>
    public static ActivationSource Of(ActivationSection section, bool ownSlopes)
    {
        var slope = ownSlopes ? "self.slope * " : section.Slope == 1 ? "" : $"{Number(section.Slope)} * ";
        return new ActivationSource(
            ActivationRegistry.Find(section.Forward).PyTorch.Replace("{slope}", slope, StringComparison.Ordinal)
                .Replace("{negativeSlope}", Number(section.NegativeSlope), StringComparison.Ordinal)
                .Replace("{alpha}", Number(section.Alpha), StringComparison.Ordinal),
            LearntSlope.CountParameters(section) > 0);
    }

    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
