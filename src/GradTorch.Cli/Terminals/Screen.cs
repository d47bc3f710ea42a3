using GradTorch.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GradTorch.Cli.Terminals;

/// <summary>One of the two streams that the program writes to.</summary>
internal sealed class Screen
{
    /// <summary>Columns of tables where there is no terminal to ask.</summary>
    private const int PlainWidth = 120;

    private readonly TextWriter _writer;

    /// <param name="isLive">Whether it is a terminal that can be drawn on; else it gets plain lines without colour.</param>
    public Screen(TextWriter writer, bool isLive)
    {
        _writer = writer;
        IsLive = isLive;
        Console = ConsoleOn(writer, isLive);
    }

    public bool IsLive { get; }

    /// <summary>For what moves. Only where the screen is live.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Tables and coloured text; plain lines without spaces at their ends where the screen is not live.</summary>
    public void Show(IRenderable renderable)
    {
        if (IsLive)
        {
            Console.Write(renderable);
            return;
        }
        using var drawn = new StringWriter();
        var console = ConsoleOn(drawn, isLive: false);
        console.Profile.Width = PlainWidth;
        console.Write(renderable);
        foreach (var line in drawn.ToString().TrimEnd().Split('\n')) Line(line.TrimEnd());
    }

    /// <summary>A line as it is, however long.</summary>
    public void Line(string text = "")
    {
        lock (_writer) _writer.WriteLine(text);
    }

    /// <summary>Lines as they are.</summary>
    public void Text(string text)
    {
        lock (_writer) _writer.Write(text);
    }

    public void Error(string text) => Show("error: ", "red", text);

    /// <summary>A line that begins with some words in colour.</summary>
    public void Show(string words, string colour, string rest)
    {
        if (IsLive) Console.Write(new Text(words, Style.Parse(colour)));
        else Text(words);
        Line(rest);
    }

    /// <summary>The one document that machines read.</summary>
    public void Json(object document) => Line(JsonText.Of(document));

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isLive) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isLive ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
