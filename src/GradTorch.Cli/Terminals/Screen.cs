using GradTorch.Cli.Output;
using Spectre.Console;

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
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isLive ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!isLive) Console.Profile.Width = PlainWidth;
    }

    public bool IsLive { get; }

    /// <summary>For tables and colour.</summary>
    public IAnsiConsole Console { get; }

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

    public void Error(string text)
    {
        if (IsLive) Console.Markup("[red]error:[/] ");
        else Text("error: ");
        Line(text);
    }

    /// <summary>The one document that machines read.</summary>
    public void Json(object document) => Line(JsonText.Of(document));
}
