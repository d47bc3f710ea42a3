using System.Text;
using GradTorch.Cli.Terminals;

namespace GradTorch.Cli;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        // Windows consoles start in a code page without block characters; elsewhere this would only write a preamble.
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = Encoding.UTF8;
        var terminal = Terminal.OfProcess();
        // Standard output is for results, above all with --json; what libraries print goes to the other stream.
        Console.SetOut(Console.Error);
        using var interruption = new Interruption();
        return (int)new Application(terminal, interruption).Run(arguments);
    }
}
