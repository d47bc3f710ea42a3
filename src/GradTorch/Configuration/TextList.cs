using System.Collections;
using System.Runtime.CompilerServices;

namespace GradTorch.Configuration;

/// <summary>A list of texts that equals every list of the same texts, as the fields of a record must.</summary>
[CollectionBuilder(typeof(TextList), nameof(Create))]
public sealed class TextList : IReadOnlyList<string>, IEquatable<TextList>
{
    private readonly string[] _texts;

    private TextList(string[] texts) => _texts = texts;

    public int Count => _texts.Length;

    public string this[int index] => _texts[index];

    public static TextList Create(ReadOnlySpan<string> texts) => new(texts.ToArray());

    public bool Equals(TextList? other) => other is not null && _texts.AsSpan().SequenceEqual(other._texts);

    public override bool Equals(object? obj) => Equals(obj as TextList);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var text in _texts) hash.Add(text, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_texts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As it is written on a command line.</summary>
    public override string ToString() => string.Join(',', _texts);
}
