namespace GradTorch.Tests.Oracles;

/// <summary>Derivatives by central differences: (f(x + h) − f(x − h)) / 2h.</summary>
internal static class FiniteDifferences
{
    /// <summary>∂f/∂x for each element of x.</summary>
    public static double[] Gradient(Func<double[], double> function, double[] at, double step = 1e-4)
    {
        var gradient = new double[at.Length];
        for (var i = 0; i < at.Length; i++)
        {
            var (up, down) = (at.ToArray(), at.ToArray());
            up[i] += step;
            down[i] -= step;
            gradient[i] = (function(up) - function(down)) / (up[i] - down[i]);
        }
        return gradient;
    }
}
