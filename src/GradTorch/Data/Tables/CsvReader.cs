using System.Text;

namespace GradTorch.Data;

/// <summary>Reads CSV by RFC 4180: records end with CRLF or LF, a field may stand in quotation marks and then hold delimiters,
/// line breaks and doubled quotation marks. Spaces belong to their field. A last line break ends the last record.</summary>
/// <param name="path">For messages.</param>
internal sealed class CsvReader(string text, char delimiter, string path)
{
    private readonly StringBuilder _quoted = new();
    private int _at;
    private int _line = 1;

    /// <exception cref="DataException">A quotation mark stands where none may, or is never closed.</exception>
    public IEnumerable<CsvRecord> Records()
    {
        var fields = new List<string>();
        while (_at < text.Length)
        {
            var line = _line;
            fields.Clear();
            do fields.Add(Field());
            while (Skip(delimiter));
            if (!EndsRecord()) throw Refusal("found text behind a closing quotation mark; allowed there: the delimiter or a line break");
            yield return new CsvRecord(line, [.. fields]);
        }
    }

    private string Field() => _at < text.Length && text[_at] == '"' ? Quoted() : Plain();

    private string Plain()
    {
        var start = _at;
        while (_at < text.Length && text[_at] != delimiter && !IsLineBreak())
        {
            if (text[_at] == '"')
            {
                throw Refusal("found a quotation mark inside a field that does not begin with one; "
                    + "put the whole field in quotation marks and double those in it");
            }
            _at++;
        }
        return text[start.._at];
    }

    private string Quoted()
    {
        var opened = _line;
        _quoted.Clear();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '"')
            {
                _at++;
                if (_at == text.Length || text[_at] != '"') return _quoted.ToString();
            }
            if (text[_at] == '\n') _line++;
            _quoted.Append(text[_at]);
        }
        _line = opened;
        throw Refusal("found a quotation mark that is never closed; close it, or double it where it is part of a field");
    }

    private bool IsLineBreak() => text[_at] == '\n' || (text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n');

    private bool Skip(char character)
    {
        if (_at == text.Length || text[_at] != character) return false;
        _at++;
        return true;
    }

    private bool EndsRecord()
    {
        if (_at == text.Length) return true;
        Skip('\r');
        if (!Skip('\n')) return false;
        _line++;
        return true;
    }

    private DataException Refusal(string message) => new(FormattableString.Invariant($"{path}:{_line}: {message}."));
}
