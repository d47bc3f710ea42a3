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

    /// <summary>Characters in a line of a table.</summary>
    public int Width => IsLive ? Console.Profile.Width : PlainWidth;

    /// <summary>For what moves. Only where the screen is live.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Tables and coloured text, lines without spaces at their ends; plain where the screen is not live.</summary>
    public void Show(IRenderable renderable) => Show(renderable, Width);

    /// <summary>A table whose cells must not be broken, such as numbers: what is wider than the screen comes in parts.</summary>
    /// <param name="names">Columns, from the first, that name a row and stand in every part.</param>
    public void ShowWhole(Table table, int names = 1)
    {
        foreach (var part in TableParts.Of(table, names, WidthOf, Width)) Show(part, Math.Max(WidthOf(part), Width));
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

    public void Warning(string text) => Show("warning: ", "yellow", text);

    /// <summary>A line that begins with some words in colour.</summary>
    public void Show(string words, string colour, string rest)
    {
        if (IsLive) Console.Write(new Text(words, Style.Parse(colour)));
        else Text(words);
        Line(rest);
    }

    /// <summary>The one document that machines read.</summary>
    public void Json(object document) => Line(JsonText.Of(document));

    private void Show(IRenderable renderable, int width)
    {
        using var drawn = new StringWriter();
        var console = ConsoleOn(drawn, IsLive);
        console.Profile.Width = width;
        console.Write(renderable);
        foreach (var line in drawn.ToString().TrimEnd().Split('\n')) Line(line.TrimEnd());
    }

    /// <summary>Of a table with every cell in one line.</summary>
    private int WidthOf(Table table) => ((IRenderable)table).Measure(RenderOptions.Create(Console), short.MaxValue).Max;

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isLive) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = isLive ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
    });
}
