using System.Text;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        // Windows consoles start in a code page without block characters; elsewhere this would only write a preamble.
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = Encoding.UTF8;
        using var interruption = new Interruption();
        return (int)new Application(Terminal.OfProcess(), interruption).Run(arguments);
    }
}
