using System.Globalization;

namespace GradTorch.Tests;

/// <summary>German numbers (1.234,5) on this thread until disposed of.</summary>
internal sealed class CommaDecimal : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public CommaDecimal() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    public void Dispose() => CultureInfo.CurrentCulture = before;
}
